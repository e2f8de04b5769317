//! Where a request came from when machines of the house stand before the server.
//! Must not believe what anybody else says of it.

use std::{fmt, net::IpAddr, str::FromStr};

use axum::http::HeaderMap;

/// The header in which each machine on the way adds whom it was called by, the nearest last.
const FORWARDED: &str = "x-forwarded-for";

/// Machines that are believed: addresses, or networks such as `10.0.0.0/8`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies(Vec<Network>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Network {
    address: IpAddr,
    bits: u8,
}

/// A text that names no machines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is neither an address nor a network; write such as 127.0.0.1, 10.0.0.0/8")]
pub struct NoProxy {
    text: String,
}

impl FromStr for Proxies {
    type Err = NoProxy;

    /// Reads addresses and networks with commas or spaces between them.
    fn from_str(text: &str) -> Result<Self, NoProxy> {
        let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
        let read =
            |part: &str| Network::read(part).ok_or_else(|| NoProxy { text: part.to_owned() });
        parts.map(read).collect::<Result<_, _>>().map(Self)
    }
}

impl fmt::Display for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&names.join(", "))
    }
}

impl Network {
    fn read(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Some(most), |bits| bits.parse().ok())?;
        (bits <= most).then_some(Self { address, bits })
    }

    fn has(&self, other: IpAddr) -> bool {
        let bytes = |address: IpAddr| match address {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            IpAddr::V6(v6) => v6.octets().to_vec(),
        };
        let (ours, theirs) = (bytes(self.address), bytes(other));
        let whole = usize::from(self.bits / 8);
        let mask = !(0xff_u8.checked_shr(u32::from(self.bits % 8)).unwrap_or(0));
        ours.len() == theirs.len()
            && ours.iter().zip(&theirs).take(whole).all(|(a, b)| a == b)
            && ours.get(whole).zip(theirs.get(whole)).is_none_or(|(a, b)| a & mask == b & mask)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let most = if self.address.is_ipv4() { 32 } else { 128 };
        write!(f, "{}", self.address)?;
        if self.bits < most { write!(f, "/{}", self.bits) } else { Ok(()) }
    }
}

impl Proxies {
    /// Whether no machine is believed.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn have(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.has(address.to_canonical()))
    }

    /// Whom the request of `peer` came from: from the nearest machine outwards, the first that is not
    /// believed. What stands further out anybody may have written.
    pub(crate) fn sender(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lines = headers.get_all(FORWARDED).iter().filter_map(|line| line.to_str().ok());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
        let mut sender = peer;
        for hop in hops.into_iter().rev() {
            if !self.have(sender) {
                break;
            }
            let Some(before) = read_hop(hop.trim()) else { break };
            sender = before;
        }
        sender
    }
}

/// An address as proxies write it: alone, or with a port.
fn read_hop(text: &str) -> Option<IpAddr> {
    let address = text.parse().ok();
    address.or_else(|| text.parse().ok().map(|with_port: std::net::SocketAddr| with_port.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender(proxies: &str, peer: &str, lines: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED, line.parse().expect("a header"));
        }
        let proxies: Proxies = proxies.parse().expect("they are read");
        proxies.sender(peer.parse().expect("an address"), &headers).to_string()
    }

    #[test]
    fn only_our_own_machines_are_believed_and_only_as_far_as_they_know() {
        let (ours, far) = ("127.0.0.1, 10.1.0.0/16", "203.0.113.9");
        for (proxies, peer, lines, who) in [
            ("", "127.0.0.1", &[far][..], "127.0.0.1"),
            (ours, "198.51.100.7", &[far], "198.51.100.7"),
            (ours, "127.0.0.1", &[far], far),
            (ours, "::ffff:127.0.0.1", &[far], far),
            (ours, "127.0.0.1", &["192.0.2.1, 203.0.113.9"], far),
            (ours, "127.0.0.1", &["192.0.2.1", "203.0.113.9:4711, 10.1.255.3"], far),
            (ours, "127.0.0.1", &["203.0.113.9, 10.2.0.1"], "10.2.0.1"),
            (ours, "127.0.0.1", &["[2001:db8::1]:99"], "2001:db8::1"),
            (ours, "127.0.0.1", &["203.0.113.9, unknown"], "127.0.0.1"),
            (ours, "127.0.0.1", &[], "127.0.0.1"),
            (ours, "127.0.0.1", &["10.1.0.2, 10.1.0.1"], "10.1.0.2"),
            ("2001:db8::/29", "2001:dbf::1", &[far], far),
            ("2001:db8::/29", "2001:dc0::1", &[far], "2001:dc0::1"),
            ("0.0.0.0/0", "198.51.100.7", &[far], far),
        ] {
            assert_eq!(sender(proxies, peer, lines), who, "{proxies}; {peer}; {lines:?}");
        }
    }

    #[test]
    fn machines_are_named_by_address_or_network() {
        let named: Proxies = "127.0.0.1 ::1,10.0.0.0/8".parse().expect("they are read");
        assert_eq!(named.to_string(), "127.0.0.1, ::1, 10.0.0.0/8");
        assert!("".parse::<Proxies>().expect("none").is_empty());
        for text in ["localhost", "10.0.0.0/33", "10.0.0/8", "::1/129", "10.0.0.0/x"] {
            assert!(text.parse::<Proxies>().is_err(), "{text}");
        }
    }
}

//! Who asks: a bearer token, a tracking token, or nobody.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header::AUTHORIZATION, request::Parts},
};
use redress_app::{AppError, Loaded, Secret, hex, sha256};
use redress_core::complaint::people::{Actor, Member};

use super::{ApiError, Speaks};
use crate::Site;

/// Who asks the API.
#[derive(Debug, Clone)]
pub(crate) struct Asker {
    /// The member whose bearer token it is.
    pub(crate) member: Option<Member>,
    /// A bearer token that is nobody's: perhaps a tracking token.
    pub(crate) token: Option<Secret>,
    /// The address the request came from.
    pub(crate) address: SocketAddr,
    /// The language wanted.
    pub(crate) lang: redress_core::kinds::Lang,
}

impl FromRequestParts<Site> for Asker {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, ApiError> {
        let lang = Speaks::of(&parts.headers).0;
        let unknown = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);
        let address =
            parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(unknown, |info| info.0);
        let sender = site.settings.proxies.sender(address.ip(), &parts.headers);
        let address = SocketAddr::new(sender, address.port());
        let mut asker = Self { member: None, token: bearer(&parts.headers), address, lang };
        if let Some(token) = asker.token.clone() {
            match site.app.token_member(&token).await {
                Ok(member) => {
                    asker.member = Some(member);
                    asker.token = None;
                }
                Err(AppError::Unauthorized) => {}
                Err(error) => return Err(ApiError::new(error, lang)),
            }
        }
        Ok(asker)
    }
}

/// The token of an `Authorization: Bearer` header.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<Secret> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Secret::received(token))
}

/// The part of an address that stands for one household: of IPv6 a whole /64, which one line has to
/// itself; an IPv4 address is the same however it reaches us.
pub(crate) fn household(address: SocketAddr) -> Vec<u8> {
    match address.ip().to_canonical() {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
    }
}

/// How uploads of a household are named, without keeping its address.
pub(crate) fn address_key(address: SocketAddr) -> String {
    format!("address:{}", hex(&sha256(&household(address))[..16]))
}

impl Asker {
    /// The member, or an answer that says to sign in.
    pub(crate) fn member(&self) -> Result<&Member, AppError> {
        self.member.as_ref().ok_or(AppError::Unauthorized)
    }

    /// How uploads of this asker are named.
    pub(crate) fn owner(&self) -> String {
        self.member
            .as_ref()
            .map_or_else(|| address_key(self.address), |m| format!("account:{}", m.id))
    }

    /// The complaint as this asker may reach it, and as whom: a member by reference, the
    /// complainant by the tracking token of this very complaint.
    pub(crate) async fn reach(
        &self,
        site: &Site,
        reference: &str,
    ) -> Result<(Loaded, Actor), AppError> {
        if let Some(member) = &self.member {
            let loaded = site.app.load(reference).await?;
            if !redress_core::complaint::people::may_see(member, &loaded.complaint) {
                return Err(AppError::NotFound);
            }
            return Ok((loaded, Actor::Staff(member.clone())));
        }
        let token = self.token.as_ref().ok_or(AppError::Unauthorized)?;
        let loaded = site.app.load_tracked(token).await.map_err(|error| match error {
            AppError::NotFound => AppError::Unauthorized,
            other => other,
        })?;
        let asked: Result<redress_core::reference::Reference, _> = reference.parse();
        if asked.ok().as_ref() != Some(&loaded.complaint.reference) {
            return Err(AppError::NotFound);
        }
        Ok((loaded, Actor::Complainant))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_however_many_addresses_it_has() {
        let key = |text: &str| address_key(SocketAddr::new(text.parse().expect("an address"), 1));
        assert_eq!(key("2001:db8:0:7::1"), key("2001:db8:0:7:aaaa::2"), "a line has a whole /64");
        assert_ne!(key("2001:db8:0:7::1"), key("2001:db8:0:8::1"));
        assert_eq!(key("::ffff:203.0.113.9"), key("203.0.113.9"), "as `[::]` takes it");
        assert_ne!(key("::ffff:203.0.113.9"), key("::ffff:203.0.113.8"));
    }
}

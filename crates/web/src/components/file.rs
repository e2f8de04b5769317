//! Files as a page lists them.
//! Must not hold bytes: pictures are served by address.

/// A file that is stored.
#[derive(Debug, Clone)]
pub struct FileItem {
    /// Name as sent.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Where it opens.
    pub href: String,
    /// Where its small re-encoded picture is; `None` for files kept sealed.
    pub thumb: Option<String>,
    /// What the picture shows, from staff; otherwise `Ảnh 1 trên 3`.
    pub alt: String,
    /// Why it does not open, in words, while it does not.
    pub held: Option<String>,
}

/// A file already uploaded with a form that came back with errors.
#[derive(Debug, Clone)]
pub struct KeptFile {
    /// Id of the upload, sent again as a hidden field `upload`.
    pub upload: String,
    /// Name as sent.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
}

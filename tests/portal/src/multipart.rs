//! Parses the part of `multipart/form-data` that portal clients need: text fields. rest-js sends it when a form
//! contains a file; files are ignored here.

/// The boundary of a multipart content type.
pub(crate) fn boundary(content_type: &str) -> Option<String> {
    let parameters = content_type.strip_prefix("multipart/form-data")?;
    let (_, boundary) = parameters.split_once("boundary=")?;
    let boundary = boundary.split(';').next()?.trim().trim_matches('"');
    Some(format!("--{boundary}"))
}

/// The text fields of a body.
pub(crate) fn fields(boundary: &str, body: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(body);
    text.split(boundary).filter_map(field).collect()
}

fn field(part: &str) -> Option<(String, String)> {
    let (head, value) = part.split_once("\r\n\r\n")?;
    if head.contains("filename=") {
        return None;
    }
    let (_, name) = head.split_once("name=\"")?;
    let (name, _) = name.split_once('"')?;
    Some((name.to_owned(), value.strip_suffix("\r\n")?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_fields_are_read_and_files_left_out() {
        let boundary = boundary("multipart/form-data; boundary=xyz").expect("a boundary");
        let body = "--xyz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA\r\nB\r\n\
            --xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nbytes\r\n--xyz--\r\n";
        let read = fields(&boundary, body.as_bytes());
        assert_eq!(read, [("title".to_owned(), "A\r\nB".to_owned())]);
    }

    #[test]
    fn other_content_types_have_no_boundary() {
        assert_eq!(boundary("application/x-www-form-urlencoded"), None);
    }
}

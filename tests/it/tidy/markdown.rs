//! Extracts the parts of a Markdown document that the house rules check.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A parsed document.
#[derive(Debug, Default)]
pub struct Document {
    /// The targets of links and images.
    pub links: Vec<String>,
    /// Inline code.
    pub spans: Vec<String>,
    /// The lines of its shell examples.
    pub commands: Vec<String>,
    /// The anchors of its headings, as code hosts generate them.
    pub anchors: Vec<String>,
    /// The rows of its tables as plain text, including header rows.
    pub rows: Vec<Vec<String>>,
}

/// The element whose plain text is being collected.
#[derive(Debug, PartialEq, Eq)]
enum Within {
    Heading,
    Cell,
    Shell,
    Other,
}

impl Document {
    pub fn parse(text: &str) -> Self {
        let mut document = Self::default();
        let mut within = Within::Other;
        let mut plain = String::new();
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    document.links.push(dest_url.into_string());
                }
                Event::Start(Tag::Heading { .. }) => within = Within::Heading,
                Event::Start(Tag::TableHead | Tag::TableRow) => document.rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => within = Within::Cell,
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "sh" => {
                    within = Within::Shell;
                }
                Event::End(TagEnd::Heading(_)) => {
                    document.anchors.push(anchor(&std::mem::take(&mut plain)));
                    within = Within::Other;
                }
                Event::End(TagEnd::TableCell) => {
                    let row = document.rows.last_mut().expect("a cell is in a row");
                    row.push(std::mem::take(&mut plain));
                    within = Within::Other;
                }
                Event::End(TagEnd::CodeBlock) if within == Within::Shell => {
                    document.commands.extend(std::mem::take(&mut plain).lines().map(str::to_owned));
                    within = Within::Other;
                }
                Event::Code(words) => {
                    document.spans.push(words.to_string());
                    if within != Within::Other {
                        plain.push_str(&words);
                    }
                }
                Event::Text(words) if within != Within::Other => plain.push_str(&words),
                _ => {}
            }
        }
        document
    }
}

/// Lower case, hyphens for spaces, without other punctuation.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn a_document_is_taken_apart() {
    let text = "# A `b` c!\n\n[x](y#z) and `span`\n\n| **F-1** | a `b` |\n|---|---|\n| c | |\n\n```sh\none\ntwo\n```\n";
    let document = Document::parse(text);
    assert_eq!(document.links, ["y#z"]);
    assert_eq!(document.spans, ["b", "span", "b"]);
    assert_eq!(document.commands, ["one", "two"]);
    assert_eq!(document.anchors, ["a-b-c"]);
    assert_eq!(document.rows, [["F-1", "a b"], ["c", ""]]);
}

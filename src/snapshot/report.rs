//! How a suite went, for people (one page that holds its pictures) and for machines (`JUnit` XML).

use super::{Metadata, Shown, Verdict, encode_png};
use crate::render::Picture;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

/// The page's look and the switch between what is and what should be.
const HEAD: &str = include_str!("report.head.html");

/// One self-contained page: what failed first, with the reference, the picture, where they differ, and both by turns.
pub fn html(verdicts: &[Verdict], adapter: &str) -> String {
    let failed = verdicts.iter().filter(|v| !v.passes()).count();
    let mut page = HEAD.to_owned();
    let _ = write!(
        page,
        "<h1>{}</h1><p>{} of {} cases pass on {}. Rhetor {}.</p>",
        if failed == 0 { "All pictures are as they were" } else { "Pictures differ" },
        verdicts.len() - failed,
        verdicts.len(),
        text(adapter),
        env!("CARGO_PKG_VERSION")
    );
    let by_failure = verdicts.iter().filter(|v| !v.passes()).chain(verdicts.iter().filter(|v| v.passes()));
    for verdict in by_failure {
        section(&mut page, verdict);
    }
    page.push_str("</body></html>\n");
    page
}

fn section(page: &mut String, verdict: &Verdict) {
    let state = if verdict.passes() { "pass" } else { "fail" };
    let _ = write!(
        page,
        "<section class={state}><h2>{} <small>{:.2} s</small></h2>",
        text(&verdict.name),
        verdict.seconds
    );
    if let Some(reason) = &verdict.known_failure {
        let _ = write!(page, "<p>Known to differ: {}</p>", text(reason));
    }
    for problem in &verdict.problems {
        let _ = write!(page, "<p class=problem>{}</p>", text(problem));
    }
    for shown in &verdict.shown {
        pictures(page, shown);
    }
    page.push_str("</section>");
}

fn pictures(page: &mut String, shown: &Shown) {
    page.push_str("<div class=row>");
    let mut figure = |title: &str, picture: &Picture| {
        let _ = write!(page, "<figure>{}<figcaption>{title}</figcaption></figure>", image(picture, ""));
    };
    if let Some(reference) = &shown.reference {
        figure("reference", reference);
    }
    figure(&format!("drawn, at {}", shown.at), &shown.actual);
    if let (Some(comparison), Some(reference)) = (&shown.comparison, &shown.reference)
        && comparison.worst > 0
    {
        figure("difference", &comparison.difference);
        let _ = write!(
            page,
            "<figure class=blink>{}{}<figcaption>by turns</figcaption></figure><table><tr><td>beyond the tolerance<td>{:.4} %<tr><td>worst<td>{} of 255<tr><td>similarity<td>{:.5}</table>",
            image(reference, ""),
            image(&shown.actual, " class=over"),
            comparison.outliers * 100.0,
            comparison.worst,
            comparison.similarity
        );
    }
    page.push_str("</div>");
}

fn image(picture: &Picture, attributes: &str) -> String {
    let bytes = encode_png(picture, &Metadata::default()).unwrap_or_default();
    let (width, height) = (picture.width, picture.height);
    format!(
        "<img{attributes} width={width} height={height} src=\"data:image/png;base64,{}\">",
        STANDARD.encode(bytes)
    )
}

/// For CI services: the de facto schema of `JUnit`, a test case for each case.
pub fn junit(verdicts: &[Verdict]) -> String {
    let failed = verdicts.iter().filter(|v| !v.passes()).count();
    let seconds: f64 = verdicts.iter().map(|v| v.seconds).sum();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"rhetor check\" tests=\"{}\" failures=\"{failed}\" time=\"{seconds:.3}\">\n",
        verdicts.len()
    );
    for verdict in verdicts {
        let name = text(&verdict.name);
        let _ =
            write!(xml, "  <testcase classname=\"rhetor\" name=\"{name}\" time=\"{:.3}\"", verdict.seconds);
        if verdict.passes() {
            xml.push_str("/>\n");
        } else {
            let told = text(&verdict.problems.join("\n"));
            let _ = writeln!(xml, "><failure message=\"{told}\"/></testcase>");
        }
    }
    xml.push_str("</testsuite>\n");
    xml
}

/// As text of a page or an attribute; characters that XML cannot hold become spaces.
fn text(plain: &str) -> String {
    plain
        .chars()
        .map(|c| match c {
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '&' => "&amp;".to_owned(),
            '"' => "&quot;".to_owned(),
            '\n' => "&#10;".to_owned(),
            c if c.is_control() => " ".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(name: &str, problems: &[&str]) -> Verdict {
        Verdict {
            name: name.into(),
            shown: Vec::new(),
            problems: problems.iter().map(|p| (*p).to_owned()).collect(),
            seconds: 0.25,
            known_failure: None,
        }
    }

    #[test]
    fn junit_is_xml_whatever_the_names() {
        let xml = junit(&[verdict("a<b>&\"c\"", &["one\ntwo\u{1}"]), verdict("fine", &[])]);
        let document = roxmltree::Document::parse(&xml).unwrap();
        let suite = document.root_element();
        assert_eq!((suite.attribute("tests"), suite.attribute("failures")), (Some("2"), Some("1")));
        let case = suite.children().find(|n| n.is_element()).unwrap();
        assert_eq!(case.attribute("name"), Some("a<b>&\"c\""));
        let failure = case.children().find(|n| n.is_element()).unwrap();
        assert_eq!(failure.attribute("message"), Some("one\ntwo "));
    }

    #[test]
    fn what_failed_comes_first_on_the_page() {
        let page = html(&[verdict("good", &[]), verdict("bad <i>", &["off"])], "llvmpipe");
        let (bad, good) = (page.find("bad &lt;i&gt;").unwrap(), page.find("good").unwrap());
        assert!(bad < good && page.contains("1 of 2 cases pass on llvmpipe"));
        assert!(!page.contains("http"), "it needs nothing from elsewhere");
    }
}

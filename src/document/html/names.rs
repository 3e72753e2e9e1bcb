//! Elements by name: what they are in the layout, and which of them are not part of what a page says.

use super::tokens::Tag;

/// Elements that stand on lines of their own.
#[rustfmt::skip]
const BLOCKS: [&str; 53] = [
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p", "plaintext",
    "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul", "xmp",
];

/// Elements whose text no reader of the page sees as part of it; `rp` and `rt` say how the word before is pronounced.
#[rustfmt::skip]
const HIDDEN: [&str; 27] = [
    "applet", "audio", "canvas", "datalist", "embed", "frameset", "head", "iframe", "map", "math", "meter", "noembed",
    "noframes", "noscript", "object", "progress", "rp", "rt", "rtc", "script", "select", "style", "svg", "template",
    "textarea", "title", "video",
];

/// Elements that are not the main text unless the main text stands in them.
const ASIDE: [&str; 8] = ["aside", "button", "dialog", "footer", "form", "menu", "nav", "search"];

/// The same by the `role` of any element.
const ASIDE_ROLES: [&str; 14] = [
    "alert",
    "alertdialog",
    "banner",
    "button",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
    "status",
    "tablist",
    "toolbar",
];

/// The same by a word of the class or the id.
#[rustfmt::skip]
const ASIDE_WORDS: [&str; 68] = [
    "ad", "ads", "adsbygoogle", "advert", "advertisement", "advertising", "adverts", "banner", "breadcrumb",
    "breadcrumbs", "byad", "captcha", "comment", "comments", "consent", "cookie", "cookies", "copyright", "crumbs",
    "disqus", "footer", "gdpr", "hidden", "legal", "login", "masthead", "menu", "modal", "nav", "navbar",
    "navigation", "newsletter", "outbrain", "overlay", "pager", "pagination", "paywall", "popup", "print", "promo",
    "promotion", "rating", "recommend", "recommended", "recommends", "related", "replies", "reply", "respond",
    "share", "sharebar", "sharing", "shoutbox", "sidebar", "signin", "signup", "skip", "skyscraper", "social",
    "sponsor", "sponsored", "subscribe", "subscription", "taboola", "tags", "toolbar", "topbar", "widget",
];

/// Those of them that are no words of the main text even where Readability thinks so.
#[rustfmt::skip]
const CLUTTER_WORDS: [&str; 23] = [
    "ad", "ads", "adsbygoogle", "advert", "advertisement", "advertising", "adverts", "comment", "comments", "consent",
    "cookie", "cookies", "disqus", "gdpr", "newsletter", "outbrain", "paywall", "share", "sharebar", "sharing",
    "sponsored", "subscribe", "taboola",
];

/// Class words with one of these before them speak of the page: `has-sidebar`.
const ABOUT_PAGE: [&str; 5] = ["has", "no", "not", "with", "without"];

/// Whether an element stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

/// Whether the text of an element is no part of the page's words.
pub(super) fn is_hidden(tag: &Tag) -> bool {
    HIDDEN.binary_search(&tag.name.as_str()).is_ok()
        || tag.attribute("hidden").is_some_and(|value| value != "until-found")
        || tag.attribute("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
        || (tag.name == "dialog" && tag.attribute("open").is_none())
}

/// How much an element looks like no part of the main text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aside {
    /// An aside whose element is inside the main text. It is a note to the text, unless it is a list of links.
    Inner,
    /// Navigation, related links and the like, by names that authors also use for other things.
    Likely,
    /// Advertising, cookie notes, comments.
    Sure,
}

/// What an element's name, role and class say.
/// `inside`: whether the elements around it are part of the main text.
pub(super) fn aside(tag: &Tag, inside: bool) -> Option<Aside> {
    if matches!(tag.name.as_str(), "html" | "body" | "main" | "article") {
        return None;
    }
    let classes = || ["class", "id"].iter().filter_map(|name| tag.attribute(name));
    if tag.name == "nav" || classes().any(|value| has_word(&value, &CLUTTER_WORDS)) {
        return Some(Aside::Sure);
    }
    let note = |name: &str| inside && matches!(name, "aside" | "complementary");
    let (name, role) = (tag.name.as_str(), tag.attribute("role").unwrap_or_default());
    let likely = (ASIDE.contains(&name) && !note(name))
        || tag.attribute("aria-hidden").is_some_and(|value| value == "true")
        || (ASIDE_ROLES.contains(&role.as_str()) && !note(&role))
        || classes().any(|value| has_word(&value, &ASIDE_WORDS));
    if likely {
        return Some(Aside::Likely);
    }
    (note(name) || note(&role)).then_some(Aside::Inner)
}

fn has_word(value: &str, words: &[&str]) -> bool {
    value.split_ascii_whitespace().any(|class| {
        let mut before = "";
        let class = class.to_ascii_lowercase();
        class.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
            let found = words.binary_search(&word).is_ok() && !ABOUT_PAGE.contains(&before);
            before = word;
            found
        })
    })
}

/// Level of a heading element.
pub(super) fn heading(tag: &Tag) -> bool {
    matches!(tag.name.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        || tag.attribute("role").is_some_and(|role| role == "heading")
}

/// For an element whose end tag is often left out: which open elements its start ends, and where the search for them stops.
pub(super) fn implied_ends(name: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    match name {
        "li" => Some((&["li"], &["ul", "ol", "menu", "dir"])),
        "dt" | "dd" => Some((&["dt", "dd"], &["dl"])),
        "option" | "optgroup" => Some((&["option"], &["select", "datalist"])),
        "td" | "th" => Some((&["td", "th"], &["table", "tr"])),
        "tr" => Some((&["tr"], &["table"])),
        "tbody" | "thead" | "tfoot" => Some((&["tbody", "thead", "tfoot"], &["table"])),
        "body" => Some((&["head"], &["body"])),
        _ => None,
    }
}

/// Whether an element keeps the end tags inside of it from ending what is outside.
pub(super) fn is_barrier(name: &str) -> bool {
    matches!(name, "table" | "td" | "th" | "caption" | "html" | "object" | "svg" | "math" | "template")
}

#[cfg(test)]
mod tests {
    #[test]
    fn lists_are_sorted() {
        assert!(super::BLOCKS.is_sorted() && super::HIDDEN.is_sorted() && super::ASIDE_WORDS.is_sorted());
        assert!(super::CLUTTER_WORDS.iter().all(|w| super::ASIDE_WORDS.binary_search(w).is_ok()));
        assert!(super::CLUTTER_WORDS.is_sorted());
    }
}

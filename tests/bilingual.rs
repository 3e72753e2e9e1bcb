//! Files that hold both languages, as the cases in `tests/cases/bilingual/files.txt` say.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use duiqi::{Aligner, Alignment, BilingualLayout, Bitext, Document, ErrorKind, Format, Half, Lang, Source};

fn aligner() -> Aligner {
    Aligner::builder().build().unwrap()
}

/// The alignment of one file, and how it puts both languages side by side.
fn read(source: Source) -> (&'static str, Option<Alignment>) {
    if Format::of_pairs(&source).is_some() {
        return ("pairs", Some(aligner().pair_bitext(Bitext::read(source).unwrap()).unwrap()));
    }
    let document = Document::read(source.clone(), Format::Auto).unwrap();
    let layout = match document.layout() {
        None => return ("-", None),
        Some(BilingualLayout::Rows) => "rows",
        Some(BilingualLayout::OneLine) => "one line",
        Some(_) => "alternating",
    };
    (layout, Some(aligner().align_article_source(source).unwrap()))
}

fn half(half: Half<'_>) -> String {
    let speaker = half.speaker().map(|label| format!("{}: ", label.name)).unwrap_or_default();
    if half.text().is_empty() { String::new() } else { speaker + &half.text() }
}

#[test]
fn files_in_both_languages() {
    let cases = include_str!("cases/bilingual/files.txt");
    let mut seen = 0;
    for case in cases.split("\n=== ").skip(1) {
        let (name, case) = case.split_once('\n').unwrap();
        let (text, rest) = case.split_once("\n--- ").unwrap();
        let (layout, expected) = rest.split_once('\n').unwrap_or((rest, ""));
        let text = format!("{text}\n").replace('⇥', "\t");
        let (found, alignment) = read(Source::from_text("case", &text));
        let pairs: Vec<String> = alignment
            .iter()
            .flat_map(Alignment::pairs)
            .map(|pair| {
                for lang in Lang::ALL {
                    let half = pair.half(lang);
                    for segment in half.segments() {
                        let place = &text[segment.range.clone()];
                        assert!(
                            place.replace("\"\"", "\"") == segment.text || place.contains(['\\', '|']),
                            "{name}: {place:?}"
                        );
                    }
                }
                format!("{} ‖ {}", half(pair.en()), half(pair.zh())).trim().to_owned()
            })
            .collect();
        if found == "alternating" && layout == "-" {
            // The aligner must see that the texts do not say the same.
            let alone = |pair: &String| pair.starts_with('‖') || pair.ends_with('‖');
            assert!(pairs.iter().all(alone), "{name}: {pairs:?}");
        } else {
            assert_eq!((found, pairs.join("\n")), (layout, expected.trim().replace('⇥', "\t")), "{name}");
        }
        seen += 1;
    }
    assert!(seen >= 15, "{seen} cases only");
}

#[test]
fn other_languages_are_named() {
    for (text, language) in [
        ("新しい橋が昨日開通しました。たくさんの人が集まりました。市長が挨拶をしました。", "Japanese"),
        ("어제 새로운 다리가 개통되었습니다. 많은 사람들이 모였습니다. 시장이 인사를 했습니다.", "Korean"),
        ("Новый мост открыли вчера, и многие люди пришли посмотреть на него.", "Russian"),
        (
            "Le nouveau pont a été ouvert hier, et beaucoup de gens sont venus pour le voir avec leurs enfants.",
            "French",
        ),
        (
            "Die neue Brücke wurde gestern eröffnet, und viele Menschen kamen mit ihren Kindern, um sie zu sehen.",
            "German",
        ),
    ] {
        let error = Document::read(Source::from_text("text", text), Format::Auto).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OtherLanguage);
        assert!(error.to_string().contains(language), "{error}");
        let english = "The new bridge was opened yesterday.";
        let error = aligner().align(english, text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OtherLanguage, "{error}");
        let forced = Aligner::builder().langs(Lang::En, Lang::Zh).force(true).build().unwrap().align(english, text);
        assert!(forced.is_ok(), "{language}");
    }
    // English and Chinese that quote others.
    for text in [
        "She said “danke schön” and left. The shop was called Zur Alten Post, and it sold bread.",
        "店名叫“さくら”，意思是樱花。老板来自京都，在这里住了二十年。",
        "Kafka, Goethe, Rilke, Schiller, Heine, Mann, Brecht, Grass, Böll, Hesse, Fontane, Storm, Kleist, Novalis, Tieck",
    ] {
        assert!(Document::read(Source::from_text("text", text), Format::Auto).is_ok(), "{text}");
    }
}

#[test]
fn the_text_with_more_han_is_the_chinese_one() {
    let english = "# Setup\n\nInstall the tool first.\n\nThen open the page.";
    for chinese in [
        "# 安装 Setup\n\n先用 npm install -g harbour-cli 安装。\n\nRun `harbour serve --port 8080 --open`.\n\nThen open http://localhost:8080/index.html 页面。",
        "# 安装\n\n```js\nconst server = createServer({ port: 8080, handler: requestHandler });\nserver.listen(() => console.log(\"listening on the port\"));\n```\n\n然后打开页面。",
        "先安装 Harbour CLI、Node.js、Docker Desktop、Visual Studio Code 和 Git for Windows。",
    ] {
        let alignment = aligner().align(english, chinese).unwrap();
        assert_eq!(alignment.first(), Lang::En, "{chinese}");
    }
    let error = aligner().align(english, "Install it. Then go.").unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::SameLanguage(Lang::En)), "{error}");
}

#[test]
fn languages_that_contradict_the_texts_are_errors() {
    let (english, chinese) = ("The harbour is closed until Monday.", "港口关闭至星期一。");
    let aligner = |force| Aligner::builder().langs(Lang::Zh, Lang::En).force(force).build().unwrap();
    let error = aligner(false).align(english, chinese).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LanguageMismatch(Lang::Zh), "{error}");
    assert!(aligner(true).align(english, chinese).is_ok());
    assert!(aligner(false).align(chinese, english).is_ok());
    // Numbers and names are in no language.
    assert!(aligner(false).align("HB-204, HB-205", "HB-204, HB-205").is_ok());
}

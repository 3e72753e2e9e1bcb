//! Compares Latin strings and speakers, and the mentions that two texts share, with the tables in `cases/anchoring`.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use duiqi::train::{
    anchor::{
        Mention, mentions, shared,
        speaker::{Reason, Role, Roster},
    },
    lexicon::Lexicon,
};
use duiqi::{AnchorKind, Label, Lang};
use proptest::prelude::*;

/// Lines of a case file without its comments, as columns.
fn rows(file: &str) -> impl Iterator<Item = Vec<&str>> {
    file.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect())
}

fn lang(code: &str) -> Lang {
    if code == "zh" { Lang::Zh } else { Lang::En }
}

fn of_kind(text: &str, lang: Lang, kind: AnchorKind) -> Vec<Mention> {
    mentions(text, lang).into_iter().filter(|m| m.kind == kind).collect()
}

#[test]
fn finds_latin_strings() {
    for row in rows(include_str!("cases/anchoring/latin.tsv")) {
        let found = of_kind(row[1], lang(row[0]), AnchorKind::Latin);
        let keys: Vec<String> = found.iter().map(|m| m.key.to_string()).collect();
        assert_eq!(keys.join(" "), row[2], "{}", row[1]);
    }
}

#[test]
fn ranges_cover_the_whole_expression() {
    for (text, lang, covered) in [
        ("up to $17.6 billion, then", Lang::En, "$17.6 billion"),
        ("约１３２０ 億美元。", Lang::Zh, "１３２０ 億美元"),
        ("增长2.7个百分点。", Lang::Zh, "2.7个百分点"),
        ("on October 30, 2025.", Lang::En, "October 30, 2025"),
        ("约百分之二十的人", Lang::Zh, "百分之二十"),
    ] {
        let found = mentions(text, lang);
        assert_eq!(found.iter().map(|m| &text[m.range.clone()]).collect::<Vec<_>>(), [covered]);
    }
}

fn shared_texts<'t>(en: &'t str, zh: &'t str) -> Vec<(&'t str, &'t str)> {
    let (a, b) = (mentions(en, Lang::En), mentions(zh, Lang::Zh));
    shared(&a, &b).into_iter().map(|(i, j)| (&en[a[i].range.clone()], &zh[b[j].range.clone()])).collect()
}

#[test]
fn matches_equal_mentions_one_to_one() {
    assert_eq!(
        shared_texts("AWS grew 20% to $132 billion, up 20%.", "AWS 增长20%，达1320 亿美元。"),
        [("AWS", "AWS"), ("20%", "20%"), ("$132 billion", "1320 亿美元")]
    );
    // 20 is not 20 percent.
    assert_eq!(shared_texts("20 months", "20%"), []);
    // A month alone fits a full date if nothing fits better.
    assert_eq!(shared_texts("on October 30", "2025年10月30日"), [("October 30", "2025年10月30日")]);
    assert_eq!(shared_texts("on October 30", "10月29日"), []);
    // At the start of a sentence "Trainium 2" is read as a word and a number.
    assert_eq!(shared_texts("Trainium 2 sells well.", "Trainium2 卖得很好"), [("Trainium", "Trainium2")]);
}

fn label(name: &str) -> Label {
    let mut label = Label::default();
    label.name = name.to_owned();
    label
}

fn roster(en: &[Label], zh: &[Label]) -> Roster {
    let lexicon = Lexicon::builtin().unwrap();
    Roster::new(&en.iter().collect::<Vec<_>>(), &zh.iter().collect::<Vec<_>>(), &|c| lexicon.pinyin(c))
}

#[test]
fn names_that_are_one_person() {
    let cases: Vec<Vec<&str>> = rows(include_str!("cases/anchoring/names_same.tsv")).collect();
    let same = |r: &Vec<&str>| roster(&[label(r[0])], &[label(r[1])]).same(&label(r[0]), &label(r[1])) == Some(true);
    let wrong: Vec<_> = cases.iter().filter(|r| !same(r)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn names_that_are_two_persons() {
    let cases: Vec<Vec<&str>> = rows(include_str!("cases/anchoring/names_different.tsv")).collect();
    let same = |r: &Vec<&str>| roster(&[label(r[0])], &[label(r[1])]).same(&label(r[0]), &label(r[1])) == Some(true);
    let wrong: Vec<_> = cases.iter().filter(|r| same(r)).collect();
    // The cases were chosen for their likeness; in a roster of more than one the better match wins.
    assert!(wrong.len() * 33 <= cases.len(), "{wrong:?}");
}

#[test]
fn a_call_with_roles_and_explicit_pairs() {
    let en = [label("Operator"), label("Jane Alder"), label("Tom Birch"), label("Jane Alder"), label("Operator")];
    let mut jane = label("简奥尔德");
    jane.other_name = Some("Jane Alder".to_owned());
    let mut other = label("李明");
    other.other_name = Some("Ming Li".to_owned());
    let zh = [label("会议主持人"), jane.clone(), other.clone(), label("会议主持人")];
    let found = roster(&en, &zh);
    assert_eq!(found.same(&en[0], &zh[0]), Some(true));
    assert_eq!(found.same(&en[1], &jane), Some(true));
    assert_eq!(found.same(&en[2], &jane), Some(false));
    assert_eq!(found.same(&en[1], &other), Some(false));
    let reasons: Vec<Option<Reason>> = found.speakers().iter().map(|s| s.reason).collect();
    assert_eq!(reasons[..2], [Some(Reason::ExplicitPair), Some(Reason::Role)]);
    assert_eq!(found.speaker_id_en(&label("Nobody")), None);
}

#[test]
fn a_role_excludes_nobody() {
    let en = ["Nora", "Lin Chuan", "Victor", "Lin Chuan", "Nora", "Lin Chuan"].map(label);
    for asker in ["观众", "提问者", "问题", "Q", "记者", "海港日报记者"] {
        let zh = [asker, "林川", asker, "林川", asker, "林川"].map(label);
        let found = roster(&en, &zh);
        assert_eq!(found.same(&en[1], &zh[1]), Some(true), "{asker}");
        for other in [&en[0], &en[1], &en[2]] {
            assert_ne!(found.same(other, &zh[0]), Some(false), "{asker} {}", other.name);
        }
        assert_ne!(found.same(&en[0], &zh[1]), Some(true), "{asker}");
    }
    // Who leads both texts is somebody.
    let found = roster(&["Operator", "Nora"].map(label), &["主持人", "诺拉"].map(label));
    assert_eq!(found.same(&label("Operator"), &label("诺拉")), Some(false));
}

#[test]
fn one_label_does_not_outbid_many_turns() {
    let en: Vec<Label> = (0..24).map(|k| label(["Interviewer", "Lin Chuan"][k % 2])).collect();
    let zh = std::iter::once(label("采访者")).chain((0..24).map(|k| label(["陈远", "林川"][k % 2])));
    let zh: Vec<Label> = zh.collect();
    let found = roster(&en, &zh);
    assert_eq!(found.same(&label("Interviewer"), &label("陈远")), Some(true));
    assert_eq!(found.same(&label("Lin Chuan"), &label("林川")), Some(true));
}

#[test]
fn one_person_in_two_scripts() {
    let en = ["Scott Brandt", "Charles Ode", "Scott Brandt", "Charles Ode"].map(label);
    let zh = ["斯科特-布兰特", "查尔斯-奥德", "Scott Brandt", "查尔斯-奥德"].map(label);
    let found = roster(&en, &zh);
    assert_eq!(found.same(&en[0], &zh[0]), Some(true));
    assert_eq!(found.same(&en[0], &zh[2]), Some(true));
    assert_eq!(found.same(&en[1], &zh[0]), Some(false));
}

#[test]
fn an_announced_short_form_is_the_same_person() {
    let mut full = label("本·吉尔伯特");
    full.other_name = Some("Ben Gilbert".to_owned());
    full.short_name = Some("本".to_owned());
    let found = roster(&[label("Ben")], &[full, label("本")]);
    assert_eq!(found.same(&label("Ben"), &label("本")), Some(true));
    assert_eq!(found.speakers()[0].zh, ["本·吉尔伯特", "本"]);
}

#[test]
fn the_sequence_of_turns_tells_the_last_ones() {
    let pattern = [0, 1, 0, 2, 0, 1, 2, 0, 1, 0, 2, 1];
    let en: Vec<Label> = pattern.iter().map(|&i| label(["Host", "Red", "Blue"][i])).collect();
    let zh: Vec<Label> = pattern.iter().map(|&i| label(["主持人", "甲", "乙"][i])).collect();
    let found = roster(&en, &zh);
    assert_eq!(found.same(&label("Red"), &label("甲")), Some(true));
    assert_eq!(found.same(&label("Blue"), &label("乙")), Some(true));
    assert_eq!(found.same(&label("Blue"), &label("甲")), Some(false));
    assert!(found.speakers().iter().filter(|s| s.reason == Some(Reason::Position)).count() == 2);
}

#[test]
fn many_labels_take_no_quadratic_time() {
    let en: Vec<Label> = (0..100_000).map(|i| label(&format!("Name{i}"))).collect();
    let zh: Vec<Label> = (0..100_000).map(|i| label(&format!("名{i}"))).collect();
    let start = std::time::Instant::now();
    roster(&en, &zh);
    assert!(start.elapsed().as_secs() < 20);
}

/// The label of a speaker column: `大卫·罗森塔尔（David Rosenthal，以下简称大卫）`.
fn gold_label(cell: &str) -> Label {
    let Some((name, rest)) = cell.split_once('（') else { return label(cell) };
    let (other, short) = rest.trim_end_matches('）').split_once("，以下简称").unwrap_or((rest, ""));
    let mut label = label(name);
    label.other_name = Some(other.to_owned());
    label.short_name = (!short.is_empty()).then(|| short.to_owned());
    label
}

/// Labels that begin alike mean one person in these transcripts (Ben, Benn; AUDIENCE MEMBER OFF MIC).
fn similar(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

#[test]
fn speakers_that_share_a_label_stay_apart() {
    let names = ["Oak", "Elm", "Oak and Elm"].map(label);
    let found = roster(&names, &names);
    assert_eq!(found.same(&names[0], &names[0]), Some(true));
    assert_eq!(found.same(&names[0], &names[1]), Some(false));
    assert_eq!(found.same(&names[2], &names[2]), Some(true));
}

#[test]
fn speakers_of_gold_transcripts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/transcripts");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED speakers_of_gold_transcripts: the evaluation data are not here");
        return;
    };
    for entry in entries.flatten() {
        let Ok(gold) = std::fs::read_to_string(entry.path().join("gold.tsv")) else { continue };
        let rows: Vec<Vec<&str>> = gold.lines().skip(1).map(|l| l.split('\t').collect()).collect();
        let column = |c: usize| rows.iter().filter_map(move |r| r.get(c).filter(|s| !s.is_empty()));
        let en: Vec<Label> = column(2).map(|s| gold_label(s)).collect();
        let zh: Vec<Label> = column(3).map(|s| gold_label(s)).collect();
        let found = roster(&en, &zh);
        let both: Vec<_> = rows.iter().filter(|r| r.len() > 3 && !r[2].is_empty() && !r[3].is_empty()).collect();
        let right = both.iter().filter(|r| found.same(&gold_label(r[2]), &gold_label(r[3])) == Some(true)).count();
        println!("{}: {right} of {}\n{:#?}", entry.path().display(), both.len(), found.speakers());
        // Nobody is taken for somebody else.
        let pairs: std::collections::HashSet<_> = both.iter().map(|r| (r[2], r[3])).collect();
        for (a, b) in pairs.iter().flat_map(|p| pairs.iter().map(move |q| (p.0, q.1))) {
            let same = found.same(&gold_label(a), &gold_label(b)) == Some(true);
            let known = pairs.contains(&(a, b)) || pairs.iter().any(|p| p.0 != a && p.1 == b && similar(p.0, a));
            let full = pairs.iter().any(|p| p.0 == a && (b.starts_with(p.1) || p.1.ends_with(b) || b.ends_with(p.1)));
            assert!(!same || known || full, "{a} is not {b}");
        }
        // One label in a whole essay is no speaker's.
        let least = if both.len() > 1 { 99 } else { 0 };
        assert!(right * 100 >= both.len() * least, "{}: {right} of {}", entry.path().display(), both.len());
    }
}

fn check_ranges(text: &str, lang: Lang) -> Result<(), TestCaseError> {
    let mut end = 0;
    for m in mentions(text, lang) {
        prop_assert!(m.range.start >= end && m.range.end > m.range.start, "{:?} in {text:?}", m);
        prop_assert!(text.get(m.range.clone()).is_some());
        prop_assert!(!m.key.to_string().is_empty());
        end = m.range.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn ranges_are_ordered_and_on_boundaries(text in "\\PC{0,60}") {
        check_ranges(&text, Lang::En)?;
        check_ranges(&text, Lang::Zh)?;
    }

    #[test]
    fn ranges_hold_for_number_like_text(
        text in "[0-9.,:/%$€ \\-一二三十百千万亿兩零点分之年月日第成多季度至到个A-Ca-c２]{0,40}",
        words in "((one|two|third|half|a|hundred|million|and|point|quarter|October|of|percent|to|or|dozen|5|20|FY|Q3)[ -]){0,12}",
    ) {
        check_ranges(&text, Lang::En)?;
        check_ranges(&text, Lang::Zh)?;
        check_ranges(&words, Lang::En)?;
        check_ranges(&words, Lang::Zh)?;
    }

    #[test]
    fn english_and_chinese_forms_of_a_value_share_a_key(n in 3u64..99_999) {
        let (en, zh) = (format!("{n} million tons"), format!("{n}00万吨"));
        prop_assert_eq!(shared(&mentions(&en, Lang::En), &mentions(&zh, Lang::Zh)).len(), 1);
    }

    #[test]
    fn rosters_never_panic(
        en in prop::collection::vec("\\PC{0,8}", 0..8),
        zh in prop::collection::vec("[大卫本马克·（）A-C1甲 ]{0,6}", 0..8),
    ) {
        let (en, zh): (Vec<Label>, Vec<Label>) = (en.iter().map(|n| label(n)).collect(), zh.iter().map(|n| label(n)).collect());
        let found = roster(&en, &zh);
        for l in &en {
            prop_assert!(found.speaker_id_en(l).is_none_or(|i| i < found.speakers().len()));
        }
    }
}

#[test]
fn long_input_takes_linear_time() {
    let patterns = [
        "7", "1,", "1.", "1:", "1-", "一", "一万", "十", "a", "A-", "one ", "one-", "5 to ", "三至", "$", "1/", "第",
        "Q3",
    ];
    for pattern in patterns {
        let text = pattern.repeat(1_000_000 / pattern.len());
        for lang in [Lang::En, Lang::Zh] {
            let start = std::time::Instant::now();
            mentions(&text, lang);
            assert!(start.elapsed().as_secs() < 10, "{pattern} took {:?}", start.elapsed());
        }
    }
}

/// A conversation of speakers from the table of names: the English and the Chinese labels of its turns, by person.
fn conversation(seed: usize) -> Vec<(usize, Label, Label)> {
    let cases: Vec<Vec<&str>> = rows(include_str!("cases/anchoring/names_same.tsv")).collect();
    let mut known: Vec<&Vec<&str>> = cases.iter().filter(|r| r[0].contains(' ') && r[1].contains('·')).collect();
    let first = |r: &Vec<&str>| r[0].split(' ').next().unwrap_or_default().to_owned();
    let family = |r: &Vec<&str>| r[0].rsplit(' ').next().unwrap_or_default().to_lowercase();
    let mut state = seed;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    let mut people = Vec::new();
    while people.len() < 7 {
        let person = known.remove(next(known.len()));
        known.retain(|r| first(r) != first(person) && family(r) != family(person));
        people.push(person);
    }
    (0..60)
        .map(|_| match next(9) {
            0 | 1 => (0, label("Operator"), label("会议主持人")),
            k => (k - 1, label(people[k - 2][0]), label(people[k - 2][1])),
        })
        .collect()
}

/// Share of turns whose person the roster finds on the other side, and how many wrong persons it finds.
fn found(en: &[(usize, Label)], zh: &[(usize, Label)]) -> (usize, usize, usize) {
    let labels = |side: &[(usize, Label)]| side.iter().map(|t| t.1.clone()).collect::<Vec<_>>();
    let found = roster(&labels(en), &labels(zh));
    let (mut right, mut all, mut wrong) = (0, 0, 0);
    for (person, a) in en {
        if let Some((_, b)) = zh.iter().find(|t| t.0 == *person) {
            all += 1;
            let same = found.same(a, b) == Some(true);
            if !same {
                println!("{} {}", a.name, b.name);
            }
            right += usize::from(same);
        }
        wrong += zh.iter().filter(|t| t.0 != *person && found.same(a, &t.1) == Some(true)).count();
    }
    (right, all, wrong)
}

/// Labels as calls, meetings and careless transcribers write them: at least 99% of the turns have the right match, and nobody
/// is taken for somebody else.
#[test]
fn rosters_hold_for_changed_labels() {
    fn last(l: &Label, mark: char) -> Label {
        label(l.name.rsplit(mark).next().unwrap_or_default())
    }
    type Change = dyn Fn(usize, Label) -> Option<Label>;
    let keep = |_: usize, l: Label| Some(l);
    let cases: [(&str, &Change, &Change); 11] = [
        ("as they are", &keep, &keep),
        ("Chinese without dots", &keep, &|_, l| Some(label(&l.name.replace('·', "")))),
        ("surnames in English", &|_, l| Some(last(&l, ' ')), &keep),
        ("surnames in both", &|_, l| Some(last(&l, ' ')), &|_, l| Some(last(&l, '·'))),
        ("surnames in Chinese", &keep, &|_, l| Some(last(&l, '·'))),
        ("given names in English", &|_, l| l.name.split(' ').next().map(label), &keep),
        ("every fifth turn gone in English", &|k, l| (k % 5 != 2).then_some(l), &keep),
        ("every fifth turn gone in Chinese", &keep, &|k, l| (k % 5 != 2).then_some(l)),
        ("capitals", &|_, l| Some(label(&l.name.to_uppercase())), &keep),
        ("titles", &|_, l| Some(label(&format!("Dr. {}", l.name))), &|_, l| Some(label(&format!("{}博士", l.name)))),
        (
            "slips of the pen",
            &|k, l| {
                let mut name = l.name;
                if k % 4 == 1 && name.len() > 9 && name.is_char_boundary(7) && name.is_char_boundary(8) {
                    name.remove(7);
                }
                Some(label(&name))
            },
            &keep,
        ),
    ];
    for (what, change_en, change_zh) in cases {
        let (mut right, mut all) = (0, 0);
        for seed in 1..=12 {
            let turns = conversation(seed * 7919);
            let is_role = |p: usize| p == 0;
            let side = |change: &Change, english: bool| -> Vec<(usize, Label)> {
                let one = |(k, (p, a, b)): (usize, &(usize, Label, Label))| {
                    let own = if english { a.clone() } else { b.clone() };
                    Some((*p, if is_role(*p) { own } else { change(k, own)? }))
                };
                turns.iter().enumerate().filter_map(one).collect()
            };
            let (en, mut zh) = (side(change_en, true), side(change_zh, false));
            let (r, n, wrong) = found(&en, &zh);
            assert_eq!(wrong, 0, "{what}, {seed}");
            (right, all) = (right + r, all + n);
            // The order of turns does not matter where there are names.
            zh.reverse();
            let (r, n, _) = found(&en, &zh);
            (right, all) = (right + r, all + n);
        }
        assert!(right * 100 >= all * 99, "{what}: {right} of {all}");
    }
}

#[test]
fn offices_and_roles_alone_are_matched() {
    let en = ["Moderator", "CEO", "CFO", "AUDIENCE MEMBER", "Question 18", "CEO", "Moderator"].map(label);
    let zh = ["主持人", "首席执行官", "首席财务官", "股东", "问题 18", "首席执行官", "主持人"].map(label);
    let found = roster(&en, &zh);
    for (i, a) in en.iter().enumerate() {
        for (j, b) in zh.iter().enumerate() {
            let who = [0, 1, 2, 3, 4, 1, 0];
            assert_eq!(found.same(a, b) == Some(true), who[i] == who[j], "{a:?} {b:?}");
        }
    }
}

#[test]
fn speakers_have_both_names_and_their_titles() {
    let mut zh = label("玛拉奎斯特");
    zh.other_name = Some("Mara Quist".to_owned());
    zh.title = Some("首席执行官".to_owned());
    let found = roster(&[label("Operator")], &[label("主持人"), zh]);
    let quist = found.speakers().iter().find(|s| s.name_en.as_deref() == Some("Mara Quist")).unwrap();
    assert_eq!((quist.name_zh.as_deref(), quist.en.len()), (Some("玛拉奎斯特"), 0));
    assert_eq!(quist.titles, ["首席执行官"]);
    assert!(found.speakers().iter().any(|s| s.role == Some(Role::Moderator)));
}

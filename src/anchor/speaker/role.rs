//! Labels that name a role instead of a person.

use serde::Serialize;

/// What somebody is in a talk. Labels of one role are one speaker: they do not tell more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Role {
    /// Leads a call or a meeting.
    Moderator,
    /// Asks from the audience.
    Audience,
    /// A question, whoever asks it: Q, Question 18, 问题 18.
    Question,
    /// An answer, whoever gives it.
    Answer,
    /// An analyst without a name.
    Analyst,
    /// Asks in an interview.
    Interviewer,
    /// Tells what is not said by anybody on the scene.
    Narrator,
    /// Somebody unnamed.
    Someone,
    /// A note, no speech.
    Note,
    /// All together.
    Everyone,
    /// "Speaker 1", 说话人1.
    Numbered(u32),
}

impl Role {
    /// Whether it is a role of people who ask: each text may give it another name, and several people may share it.
    pub(super) fn asks(self) -> bool {
        matches!(self, Role::Question | Role::Audience | Role::Analyst | Role::Interviewer)
    }
}

/// The ends of labels that name an asker by the company that the asker speaks for: 海港日报记者, `Harbor Daily
/// reporter`.
const ASKERS: [&str; 8] = ["记者", "分析师", "股东", "观众", "听众", " reporter", " analyst", " journalist"];

/// Whether a folded label in lower case names an asker by a role, with more words before it.
pub(super) fn is_asker(name: &str) -> bool {
    ASKERS.iter().any(|asker| name.strip_suffix(asker).is_some_and(|house| !house.is_empty()))
}

/// Words for a role, folded and in lower case: a label has it if it is one of them (with a number or not), or one of
/// them with more words around it where the entry says so.
const ROLES: [(Role, &[&str]); 10] = [
    (
        Role::Moderator,
        &[
            "operator",
            "moderator",
            "meeting moderator",
            "conference operator",
            "host",
            "meeting host",
            "主持人",
            "会议主持人",
            "接线员",
            "会议接线员",
            "操作员",
            "话务员",
            "电话会议主持人",
            "会议操作员",
            "主持",
        ],
    ),
    (
        Role::Audience,
        &[
            "audience member",
            "audience",
            "shareholder",
            "audience question",
            "attendee",
            "unidentified shareholder",
            "audience member off mic",
            "股东",
            "观众",
            "听众",
            "听众提问",
            "观众提问",
            "股东提问",
            "现场观众",
            "现场提问",
            "与会者",
            "网友",
            "网友提问",
            "member of the audience",
            "caller",
        ],
    ),
    (Role::Question, &["q", "question", "questioner", "问", "问题", "提问", "提问者", "提问人", "问题人"]),
    (Role::Answer, &["a", "answer", "答", "回答", "答复"]),
    (Role::Analyst, &["analyst", "unidentified analyst", "unknown analyst", "分析师", "未知分析师", "未具名分析师"]),
    (Role::Interviewer, &["interviewer", "reporter", "journalist", "采访者", "记者", "访谈者"]),
    (Role::Narrator, &["narrator", "voiceover", "voice over", "旁白", "解说", "解说员", "叙述者"]),
    (
        Role::Someone,
        &[
            "person",
            "someone",
            "unknown",
            "unknown speaker",
            "unidentified speaker",
            "man",
            "woman",
            "某人",
            "未知",
            "不明",
            "未知发言人",
            "身份不明者",
        ],
    ),
    (Role::Note, &["note", "notes", "disclaimer", "editor's note", "声明", "注", "编者注", "编者按", "免责声明"]),
    (Role::Everyone, &["all", "everyone", "both", "crowd", "众人", "大家", "所有人", "全体"]),
];

const NUMBERED: [&str; 10] =
    ["speaker", "spk", "participant", "说话人", "发言人", "讲话人", "讲者", "发言者", "说话者", "参与者"];

/// The role that a folded label in lower case names.
pub(super) fn of(name: &str) -> Option<Role> {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '#' | '_' | '-'));
    let number = name.get(word.len()..).unwrap_or("").trim_matches(|c: char| !c.is_ascii_digit());
    if NUMBERED.contains(&word) {
        // "Speaker A" counts on like "Speaker 1".
        return number.parse().ok().map(Role::Numbered);
    }
    if let Some((word, letter)) = name.rsplit_once(' ')
        && NUMBERED.contains(&word)
        && let [letter @ b'a'..=b'z'] = letter.as_bytes()
    {
        return Some(Role::Numbered(u32::from(letter - b'a') + 1));
    }
    ROLES.iter().find(|(_, words)| words.contains(&word)).map(|&(role, _)| role)
}

/// Offices that one person of a company holds, in both languages; folded and in lower case.
const OFFICES: [&[&str]; 9] = [
    &["chief executive officer", "chief executive", "ceo", "首席执行官", "行政总裁"],
    &["chief financial officer", "cfo", "首席财务官", "财务总监"],
    &["chief operating officer", "coo", "首席运营官", "首席营运官"],
    &["chief technology officer", "cto", "首席技术官"],
    &["investor relations", "投资者关系", "投资人关系"],
    &["chairman", "chairwoman", "chairperson", "董事长", "董事会主席"],
    &["general counsel", "总法律顾问"],
    &["chief marketing officer", "cmo", "首席营销官", "首席市场官"],
    &["chief product officer", "cpo", "首席产品官"],
];

/// Whether a folded label in lower case is an office and no name: CEO, 首席执行官.
pub(super) fn is_office(name: &str) -> bool {
    OFFICES.iter().any(|office| office.contains(&name))
}

/// The offices that a folded title in lower case names, as bits.
pub(super) fn offices(title: &str) -> u32 {
    let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
    let names = |office: &str| match office.contains(' ') || !office.is_ascii() {
        true => title.contains(office),
        false => words.contains(&office),
    };
    (0u32..).zip(OFFICES).filter(|(_, office)| office.iter().any(|o| names(o))).fold(0, |bits, (i, _)| bits | 1 << i)
}

//! Words that tell a speaker's label from what only looks like one. All in lower case, Chinese in Simplified script.

use crate::text::{fold, fold_char};

/// Roles that label speech by themselves, wherever they stand.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "announcer", "audience", "audience member", "call operator", "conference call operator", "conference moderator",
    "conference operator", "host", "interviewee", "interviewer", "meeting host", "meeting moderator", "moderator",
    "narrator", "operator", "presenter", "questioner", "shareholder", "speaker", "unidentified analyst",
    "unidentified audience member", "unidentified company representative", "unidentified participant",
    "unidentified speaker", "unknown analyst", "unknown attendee", "unknown executive", "unknown shareholder",
    "unknown speaker", "voice-over", "主持人", "会议主持人", "会议主持", "电话会议主持人", "主持", "接线员", "操作员",
    "话务员", "运营商", "会议接线员", "股东", "观众", "听众", "提问者", "提问人", "发言人", "发言者", "说话人",
    "讲话人", "嘉宾", "受访者", "采访者", "访谈者", "旁白", "众人", "司仪", "未知发言人", "不明发言人",
    "身份不明的分析师", "身份不明的发言人", "分析师", "现场观众", "与会者",
];

/// Roles of questions and answers: believed in company only.
#[rustfmt::skip]
const QUESTIONS: &[&str] = &[
    "q", "a", "question", "answer", "问", "答", "提问", "回答", "问题", "问题人", "答复",
];

/// Words that a title holds.
#[rustfmt::skip]
const TITLE_WORDS: &[&str] = &[
    "adviser", "advisor", "anchor", "analyst", "associate", "attorney", "author", "ceo", "cfo", "chair", "chairman",
    "chairperson", "chairwoman", "chief", "cio", "cmo", "co-founder", "controller", "coo", "correspondent", "cto",
    "director", "editor", "evp", "executive", "founder", "general", "head", "host", "investor", "journalist", "lead",
    "manager", "managing", "md", "minister", "moderator", "officer", "operator", "partner", "president", "principal",
    "professor", "reporter", "representative", "research", "scientist", "secretary", "senator", "strategist", "svp",
    "treasurer", "vice", "vp",
];

/// The same for Chinese, found anywhere in it.
#[rustfmt::skip]
const TITLE_PARTS: &[&str] = &[
    "首席", "总裁", "总经理", "经理", "董事", "总监", "分析师", "主席", "创始人", "负责人", "主管", "合伙人", "教授",
    "记者", "主持", "秘书", "部长", "院长", "校长", "主任", "研究员", "编辑", "顾问", "官员", "执行官", "财务官",
    "运营官", "技术官", "律师", "投资者关系", "科学家", "工程师", "议员", "总理", "总统", "代表", "局长", "行长",
    "会长",
];

/// Words that stand before a colon, or alone on a line, without being anybody. Any of them in a Latin label refutes it.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "abstract", "about", "action", "address", "advertising", "advertisement", "agenda", "also", "analysis", "answers",
    "any", "appendix", "article", "articles", "author", "background", "business", "but", "by", "call", "caption",
    "case", "caution", "chapter", "city", "cloud", "company", "conclusion", "conference", "contact", "contents",
    "copyright", "cost", "costs", "credit", "data", "date", "definition", "description", "details", "disclaimer",
    "dollars", "edit", "editor", "email", "episode", "example", "examples", "exercise", "expenses", "fact", "figure",
    "figures", "finally", "first", "focus", "follow-up", "for", "fourth", "from", "goal", "guidance", "here",
    "highlights", "hint", "how", "however", "if", "image", "important", "in", "income", "infrastructure",
    "introduction", "it", "keywords", "last", "latest", "lesson", "link", "links", "list", "location", "margin",
    "margins", "market", "meaning", "method", "moral", "more", "name", "news", "next", "no", "note", "notes",
    "number", "objective", "on", "option", "or", "outlook", "overview", "page", "part", "participants", "phone",
    "photo", "picture", "place", "plus", "point", "points", "prepared", "price", "problem", "product", "products",
    "profit", "pros", "cons", "ps", "p.s", "q&a", "questions", "quote", "re", "read", "reason", "recommendation",
    "reference", "references", "related", "remarks", "remember", "reminder", "result", "results", "revenue", "risk",
    "risks", "sales", "second", "section", "see", "session", "share", "so", "solution", "source", "sources",
    "special", "step", "stores", "strategy", "subject", "subtitle", "summary", "table", "tags", "that", "the",
    "theorem", "there", "these", "third", "this", "those", "time", "tip", "title", "to", "today", "topic", "topics",
    "total", "transcript", "translation", "translator", "update", "updated", "updates", "version", "video", "warning",
    "we", "what", "when", "where", "which", "who", "why", "with", "yes", "you", "photos", "applications",
    "application", "growth", "capacity", "commerce", "adjustments", "operations",
];

/// Chinese words of that kind, as the whole label.
#[rustfmt::skip]
const NOBODY_ZH: &[&str] = &[
    "谢谢", "多谢", "大家好", "你好", "早上好", "下午好", "晚上好", "再见", "注", "附", "图", "表", "文", "摘要",
    "导读", "导语", "引言", "前言", "正文", "结语", "后记", "注意", "注释", "备注", "提示", "温馨提示", "说明",
    "声明", "免责声明", "例如", "比如", "例", "如", "譬如", "首先", "其次", "再次", "最后", "另外", "此外", "同时",
    "因此", "所以", "但是", "然而", "其中", "包括", "结论", "结果", "总结", "小结", "总之", "来源", "资料来源",
    "文章来源", "图片来源", "数据来源", "译者注", "编者注", "编者按", "编按", "作者", "译者", "编辑", "责编",
    "责任编辑", "校对", "翻译", "记者按", "日期", "时间", "地点", "地址", "电话", "邮箱", "标题", "主题", "题目",
    "关键词", "标签", "更新", "最新", "链接", "网址", "原文", "原文链接", "相关阅读", "延伸阅读", "推荐阅读", "参考",
    "参考文献", "背景", "观点", "要点", "重点", "目标", "目的", "原因", "优点", "缺点", "优势", "劣势", "风险",
    "机会", "挑战", "建议", "措施", "方法", "步骤", "定义", "定理", "证明", "解", "案例", "事实", "收入", "营收",
    "净利润", "利润", "成本", "费用", "毛利率", "指引", "展望", "价格", "数量", "名称", "姓名", "职位", "公司",
    "产品", "版本", "文件", "内容", "目录", "也就是说", "换句话说", "换言之", "简单来说", "具体来说", "总的来说",
    "一句话", "事实上", "问题在于", "答案", "公告", "通知", "新闻", "快讯", "消息", "声音", "广告", "赞助",
    "风险提示", "以下", "如下", "如上", "上述", "以上", "分别", "即", "特别提示", "重要提示", "会议时间", "会议地点",
    "基础设施", "战略", "零售", "运营",
];

/// Characters of running text that no name holds. The 什 of 什么 is not among them: it writes the sh of names (布什, 托马什).
#[rustfmt::skip]
const NOT_IN_NAMES: &[char] = &[
    '的', '了', '是', '在', '我', '你', '您', '他', '她', '它', '这', '那', '们', '不', '也', '就', '都', '说', '问',
    '吗', '呢', '吧', '被', '把', '很', '还', '会', '要', '让', '给', '与', '或', '第', '个', '些', '么', '怎',
    '哪', '再', '最', '以', '为', '从',
];

/// Common surnames: a Chinese label used once, and without a dot or parentheses, must begin with one.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧司诸上";

pub(super) fn is_role(lower: &str) -> bool {
    ROLES.contains(&lower)
}

pub(super) fn is_question_role(lower: &str) -> bool {
    QUESTIONS.contains(&lower)
}

pub(super) fn is_title(text: &str) -> bool {
    let text = &fold(text);
    TITLE_PARTS.iter().any(|part| text.contains(part))
        || text
            .split(|c: char| !(c.is_alphanumeric() || c == '-'))
            .any(|word| TITLE_WORDS.contains(&word.to_ascii_lowercase().as_str()))
}

pub(super) fn is_nobody(lower_word: &str) -> bool {
    NOBODY.contains(&lower_word)
}

pub(super) fn is_nobody_zh(label: &str) -> bool {
    NOBODY_ZH.contains(&label)
}

/// Headings between the parts of a call, where text is not marked up.
#[rustfmt::skip]
const SECTIONS: &[&str] = &[
    "prepared remarks", "presentation", "q&a", "q & a", "q&a session", "question and answer session",
    "question-and-answer session", "questions & answers", "questions and answers", "问答", "问答环节", "提问环节", "自由问答",
    "管理层发言", "管理层陈述",
];

/// What a line that names the source of an article says before its colon.
#[rustfmt::skip]
const SOURCES: &[&str] = &[
    "article source", "news source", "original source", "source", "source of article", "编辑", "责任编辑", "责编", "文章来源", "来源",
    "稿源", "新闻来源", "本文来源", "资料来源",
];

pub(super) fn is_section(lower: &str) -> bool {
    SECTIONS.contains(&lower)
}

pub(super) fn is_source(lower: &str) -> bool {
    SOURCES.contains(&lower)
}

pub(super) fn is_in_names(c: char) -> bool {
    !NOT_IN_NAMES.contains(&fold_char(c))
}

pub(super) fn starts_with_surname(name: &str) -> bool {
    name.chars().next().is_some_and(|c| SURNAMES.contains(fold_char(c)))
}

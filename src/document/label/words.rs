//! Words that distinguish speaker labels from similar text. All are in lower case, and Chinese is in Simplified script.

use crate::text::{fold, fold_char};

/// Roles that are a label of speech by themselves, wherever they are.
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
    "身份不明的分析师", "身份不明的发言人", "分析师", "现场观众", "与会者", "记者", "听众提问", "观众提问", "股东提问",
    "现场提问", "网友", "网友提问", "reporter", "journalist", "analyst", "member of the audience", "audience question",
    "attendee", "caller", "the court", "the witness", "the chairman", "the chairwoman", "the chair", "the clerk",
    "the president", "the interpreter", "voice", "interpreter", "全体",
];

/// Words for questions and answers. They are believed only together with others.
#[rustfmt::skip]
const QUESTIONS: &[&str] = &[
    "q", "a", "question", "answer", "问", "答", "提问", "回答", "问题", "问题人", "答复",
];

/// Words that occur in a title.
#[rustfmt::skip]
const TITLE_WORDS: &[&str] = &[
    "adviser", "advisor", "anchor", "analyst", "associate", "attorney", "author", "ceo", "cfo", "chair", "chairman",
    "chairperson", "chairwoman", "chief", "cio", "cmo", "co-founder", "controller", "coo", "correspondent", "cto",
    "director", "editor", "evp", "executive", "founder", "general", "head", "host", "investor", "journalist", "lead",
    "manager", "managing", "md", "minister", "moderator", "officer", "operator", "partner", "president", "principal",
    "professor", "reporter", "representative", "research", "scientist", "secretary", "senator", "strategist", "svp",
    "treasurer", "vice", "vp",
];

/// Parts of a Chinese title, anywhere in it.
#[rustfmt::skip]
const TITLE_PARTS: &[&str] = &[
    "首席", "总裁", "总经理", "经理", "董事", "总监", "分析师", "主席", "创始人", "负责人", "主管", "合伙人", "教授",
    "记者", "主持", "秘书", "部长", "院长", "校长", "主任", "研究员", "编辑", "顾问", "官员", "执行官", "财务官",
    "运营官", "技术官", "律师", "投资者关系", "科学家", "工程师", "议员", "总理", "总统", "代表", "局长", "行长",
    "会长", "董事长",
];

/// Words before a colon or alone on a line that are not speakers. A Latin label that contains one is not believed.
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
    "application", "growth", "capacity", "commerce", "adjustments", "operations", "break", "outro", "intro", "jingle", "music",
    "sponsor", "sponsorship", "tweet", "slides", "paper",
];

/// Chinese labels that are not speakers, as the whole label.
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

/// Characters of running text that do not occur in names. 什 of 什么 is not in the list: it writes the sound "sh" in names
/// (布什, 托马什).
#[rustfmt::skip]
const NOT_IN_NAMES: &[char] = &[
    '的', '了', '是', '在', '我', '你', '您', '他', '她', '它', '这', '那', '们', '不', '也', '就', '都', '说', '问',
    '吗', '呢', '吧', '被', '把', '很', '还', '会', '要', '让', '给', '与', '或', '第', '个', '些', '么', '怎',
    '哪', '再', '最', '以', '为', '从',
];

/// Words at the end of the name of a thing, not of a person: 推荐理由, 开放时间.
#[rustfmt::skip]
const THINGS_ZH: &[&str] = &[
    "理由", "时间", "地点", "原因", "方式", "方法", "内容", "名称", "情况", "特点", "特色", "亮点", "优点", "缺点", "结果", "价格",
    "重点", "要求", "标准", "流程", "范围", "对象", "目的", "建议", "数量", "单位", "电话", "邮箱", "地址", "网址", "编号", "材料",
    "步骤", "说明", "信息", "类型", "规格", "条件", "责任", "权利", "义务", "资料", "人数", "日期", "期限", "用途", "功能", "简介",
    "介绍", "评价", "总评", "书名", "片名", "歌名", "年份", "尺寸", "重量", "颜色", "列表", "名单", "事项", "部分", "人员",
];

/// Words in the header of a column.
#[rustfmt::skip]
const COLUMNS: &[&str] = &[
    "speaker", "name", "who", "text", "time", "timestamp", "start", "end", "transcript", "content", "speech", "utterance",
    "message", "line", "english", "chinese", "translation", "original", "发言人", "说话人", "讲话人", "姓名", "人物", "角色",
    "时间", "内容", "文本", "发言", "发言内容", "台词", "原文", "译文", "英文", "中文", "英语", "汉语",
];

/// Forms of address before a name.
#[rustfmt::skip]
const ADDRESSES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "senator", "sen",
    "representative", "rep", "chairman", "chairwoman", "chair", "justice", "judge", "secretary", "general", "admiral",
    "colonel", "captain", "councilor", "councillor", "commissioner", "ambassador",
];

/// Forms of address after a Chinese name.
#[rustfmt::skip]
const ADDRESSES_ZH: &[&str] = &[
    "先生", "女士", "小姐", "夫人", "太太", "博士", "教授", "老师", "医生", "律师", "法官", "议员", "大使", "同学", "师傅",
];

/// Offices before a name.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "analyst", "ceo", "cfo", "chief executive", "chief executive officer", "chief financial officer", "chief operating officer",
    "chief technology officer", "coo", "correspondent", "cto", "director", "interviewer", "journalist", "moderator", "host",
    "president", "reporter", "vice president",
];

/// Frequent given names, so that a name that consists of common words (Mark Reed, Grace Park) is recognised.
#[rustfmt::skip]
const GIVEN: &[&str] = &[
    "adam", "alan", "alex", "alice", "amy", "andrea", "andrew", "andy", "angela", "ann", "anna", "anne", "anthony", "art",
    "ben", "beth", "bill", "bob", "brad", "brian", "carl", "carol", "charles", "charlie", "chris", "christian", "claire",
    "dan", "daniel", "dave", "david", "dean", "diana", "don", "doug", "ed", "elizabeth", "emily", "emma", "eric", "eva",
    "frank", "fred", "gary", "george", "grace", "greg", "hannah", "harry", "helen", "henry", "hope", "ian", "ivan", "jack",
    "jacob", "james", "jane", "jason", "jean", "jeff", "jennifer", "jenny", "jerry", "jim", "joan", "joe", "john", "jon",
    "joseph", "joy", "julia", "karen", "kate", "ken", "kevin", "kim", "larry", "laura", "lee", "leo", "lewis", "linda",
    "lisa", "lucy", "luke", "marcus", "margaret", "maria", "mark", "martin", "mary", "matt", "max", "may", "michael",
    "mike", "nancy", "nick", "nora", "oliver", "oscar", "pat", "patrick", "paul", "paula", "peter", "phil", "rachel",
    "ray", "rebecca", "rich", "richard", "rob", "robert", "robin", "roger", "ron", "rosa", "rose", "roy", "ruth", "ryan",
    "sally", "sam", "sara", "sarah", "scott", "sean", "simon", "sophia", "stephen", "steve", "stuart", "sue", "susan",
    "ted", "thomas", "tim", "tom", "tony", "victor", "victoria", "walter", "warren", "wendy", "will", "william",
    "theo", "maya", "hugo", "安娜", "安迪", "艾伦", "艾米", "艾玛", "爱丽丝", "保罗", "本", "比尔", "彼得", "查理", "查尔斯", "大卫",
    "丹尼尔", "戴维", "海伦", "亨利", "杰克", "杰夫", "凯文", "凯特", "丽莎", "露西", "罗伯特", "玛丽", "马丁", "马克", "马修", "迈克",
    "迈克尔", "南希", "尼克", "乔", "乔治", "琼", "山姆", "史蒂夫", "斯蒂芬", "苏珊", "汤姆", "托马斯", "威廉", "约翰", "约瑟夫", "詹姆斯",
    "珍妮", "卡尔", "莎拉", "劳拉", "莱拉", "琳达",
];

/// Characters that write the sounds of foreign names.
const TRANSCRIPTION: &str = "阿埃艾安昂奥巴白班邦保鲍贝本比彼毕宾波伯博布查茨达戴丹道德登邓狄迪蒂丁东杜顿多厄恩尔法凡范菲费芬丰弗福富盖冈戈哥格葛古瓜圭哈海汉豪赫亨洪胡华惠霍基吉季加迦贾简杰金津卡凯坎康考科可克肯库夸奎昆拉腊莱赖兰朗劳勒雷黎里理利莉丽连列琳林龙卢鲁露伦罗洛马玛迈麦曼芒梅门蒙米密缪莫默姆穆娜纳乃内尼妮涅宁纽农诺努欧帕潘庞佩彭蓬皮匹珀普奇齐恰钱乔切琼丘让日荣茹瑞萨塞桑森沙莎山绍舍申圣施史什舒丝斯司苏索塔泰坦汤唐特提田廷图托瓦万旺威韦维魏温文翁沃乌吾西希锡夏香肖谢辛休雪雅亚扬耶叶伊因英尤约扎泽曾詹珍芝兹卓佐";

/// Common surnames. A Chinese label that is used once and has no dot or parentheses must begin with one.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧司诸上朴安乐皮卞齐伍卜穆湛祁禹狄米贝臧伏谈茅庞纪舒屈项祝阮蓝闵席季麻娄危童颜盛梅刁骆樊凌霍虞柯莫裘缪宗宣郁杭洪包吉钮邢裴荣翁荀羊甄曲封储靳焦巴牧谷车宓班仰秋仲宫宁仇栾甘祖符景詹束幸韶薄印宿怀蒲鄂索卓屠蒙池阴闻党翟贡姬申冉宰郦雍桑桂牛寿燕冀温庄晏柴瞿慕茹习艾鱼古慎戈庾暨衡耿弘匡寇阙沃蔚隆巩聂晁敖融冷辛那简饶沙养丰关蒯查荆游盖桓闫肖柳尚尤商佟邰";

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
    NOBODY_ZH.contains(&label) || THINGS_ZH.iter().any(|thing| label.ends_with(thing))
}

pub(super) fn is_column(cell: &str) -> bool {
    COLUMNS.contains(&cell.to_lowercase().as_str())
}

/// Whether a name begins with a form of address.
pub(super) fn is_address(name: &str) -> bool {
    let first = name.trim_start_matches("The ").split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    ADDRESSES.contains(&first.trim_end_matches('.').to_lowercase().as_str())
}

/// Whether a Chinese name ends with a form of address.
pub(super) fn is_address_zh(name: &str) -> bool {
    ADDRESSES_ZH.iter().any(|address| name.strip_suffix(address).is_some_and(|name| !name.is_empty()))
}

pub(super) fn is_office(lower: &str) -> bool {
    OFFICES.contains(&lower)
}

pub(super) fn is_given_name(lower: &str) -> bool {
    GIVEN.contains(&lower)
}

pub(super) fn is_transcription(c: char) -> bool {
    TRANSCRIPTION.contains(c)
}

/// Returns the byte after the last word of an office in a Chinese label.
pub(super) fn end_of_office(label: &str) -> Option<usize> {
    TITLE_PARTS.iter().filter_map(|part| label.rfind(part).map(|at| at + part.len())).max()
}

pub(super) fn is_in_names(c: char) -> bool {
    !NOT_IN_NAMES.contains(&fold_char(c))
}

/// Surnames of two characters.
#[rustfmt::skip]
const LONG_SURNAMES: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "端木", "夏侯", "南宫", "宇文", "轩辕",
];

/// Whether a folded name starts with a surname of two characters.
pub(super) fn starts_with_long_surname(name: &str) -> bool {
    LONG_SURNAMES.iter().any(|surname| name.starts_with(surname))
}

pub(super) fn starts_with_surname(name: &str) -> bool {
    name.chars().next().is_some_and(|c| SURNAMES.contains(fold_char(c)))
}

/// Whether a word for a question or an answer is a word for an answer.
pub(super) fn is_answer(lower: &str) -> bool {
    matches!(lower, "a" | "answer" | "答" | "回答" | "答复")
}

/// Words of a speaker: the first person, thanks and greetings.
#[rustfmt::skip]
const TALK: &[&str] = &[
    "i", "i'm", "i've", "i'll", "i'd", "me", "my", "we", "we're", "we've", "we'll", "us", "our",
    "yes", "yeah", "no", "ok", "okay", "hello", "hi", "hey", "thanks", "thank", "please", "welcome", "well", "sure", "sorry",
    "morning", "afternoon", "evening", "goodbye", "bye", "right", "oh", "uh", "um",
];

/// Words of a speaker in Chinese, anywhere in the text.
#[rustfmt::skip]
const TALK_ZH: &[&str] = &[
    "我", "咱", "吗", "吧", "呢", "啊", "谢谢", "感谢", "欢迎", "大家好", "各位", "早上好", "下午好", "晚上好", "再见", "对不起",
    "好的", "是的", "没错", "当然", "请问", "请说", "请讲",
];

/// Words that address another person. Licences and manuals also have them.
const ADDRESSED: &[&str] = &["you", "your", "you're"];
const ADDRESSED_ZH: &[char] = &['你', '您'];

/// The number of characters of speech that are examined. Long speech always contains a word of a speaker.
const HEARD: usize = 400;
/// The number of characters from which a text without end marks is more than a value.
const VALUE: usize = 60;
const VALUE_HAN: usize = 24;

/// Whether a text is talk: it has a question, a greeting or the first person.
pub(super) fn is_talk(text: &str) -> bool {
    let folded = heard(text);
    folded.contains('?') || TALK_ZH.iter().any(|word| folded.contains(word)) || has_word(&folded, TALK)
}

/// Whether a text is talk or addresses a person.
pub(super) fn is_addressed(text: &str) -> bool {
    let folded = heard(text);
    is_talk(text) || folded.contains(ADDRESSED_ZH) || has_word(&folded, ADDRESSED)
}

fn heard(text: &str) -> String {
    fold(text.char_indices().nth(HEARD).map_or(text, |(at, _)| &text[..at]))
}

fn has_word(folded: &str, list: &[&str]) -> bool {
    folded
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .any(|word| list.contains(&word.replace('’', "'").to_ascii_lowercase().as_str()))
}

/// Whether a text is speech and not the value of a key: talk or a sentence. A text that begins in lower case continues
/// a sentence.
pub(super) fn is_speech(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '「' | '」' | '…'));
    if text.starts_with(|c: char| c.is_lowercase()) {
        return false;
    }
    let han = text.chars().any(crate::text::is_han);
    is_addressed(text)
        || text.ends_with(['.', '!', '?', '。', '！', '？', '…', '—', ')', '）', ']'])
        || text.chars().nth(if han { VALUE_HAN } else { VALUE }).is_some()
}

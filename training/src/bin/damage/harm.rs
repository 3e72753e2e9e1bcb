//! Kinds of damage, dealt out by a small generator so that every run damages alike.

use std::collections::BTreeSet;
use std::ops::Range;

use duiqi::Lang;
use duiqi_training::lines::{Line, Lines, indices};
use duiqi_training::random::Random;

/// What happens to one side of a text.
#[derive(Clone, Copy)]
pub enum Harm {
    /// Nothing.
    None,
    /// A share of the lines, in percent, is gone, each by chance.
    Share(usize),
    /// So many lines in a row are gone.
    Block(usize),
    /// So many lines in a row stand elsewhere.
    Moved(usize),
    /// The lines of [`FRONT`] stand before the text.
    Front,
}

/// A damaged text.
pub struct Damaged {
    /// The text.
    pub text: Lines,
    /// The segments that a block concerns, English and Chinese: itself and its counterpart, as numbered now.
    block: [BTreeSet<usize>; 2],
}

impl Damaged {
    /// Whether every segment of a bead belongs to the block or to its counterpart.
    pub fn is_inside(&self, bead: &duiqi::train::evaluate::IndexBead) -> bool {
        bead.first().iter().all(|i| self.block[0].contains(i))
            && bead.second().iter().all(|j| self.block[1].contains(j))
    }
}

impl Harm {
    /// For the table.
    pub fn name(self, lang: Lang) -> String {
        let lang = lang.name();
        match self {
            Harm::None => "none".to_owned(),
            Harm::Share(percent) => format!("{percent}% of the {lang} lines gone"),
            Harm::Block(size) => format!("{size} {lang} lines gone in a row"),
            Harm::Moved(size) => format!("{size} {lang} lines moved"),
            Harm::Front => format!("{} lines before the {lang}", FRONT.len()),
        }
    }

    /// Whether the harm is to one block.
    pub fn is_block(self) -> bool {
        matches!(self, Harm::Block(_) | Harm::Moved(_) | Harm::Front)
    }

    /// The text after the harm; `None` where a block would be more than half of it.
    pub fn to(self, text: &Lines, lang: Lang, random: &mut Random) -> Option<Damaged> {
        let n = text.side(lang).len();
        let side = usize::from(lang == Lang::Zh);
        let old = |range: Range<usize>| range.map(Line::Old);
        let (lines, block): (Vec<Line>, Range<usize>) = match self {
            Harm::None => (old(0..n).collect(), 0..0),
            Harm::Share(percent) => ((0..n).filter(|_| random.below(100) >= percent).map(Line::Old).collect(), 0..0),
            Harm::Front => (FRONT.iter().map(|l| Line::New(l[side])).chain(old(0..n)).collect(), 0..0),
            Harm::Block(size) | Harm::Moved(size) if 2 * size > n => return None,
            Harm::Block(size) => {
                let start = random.below(n - size + 1);
                (old(0..start).chain(old(start + size..n)).collect(), start..start + size)
            }
            Harm::Moved(size) => {
                let start = random.below(n - size + 1);
                let block = start..start + size;
                // Over at least as many lines as the block has, forwards or back.
                let (before, behind) = ((start + 1).saturating_sub(size), (n + 1).saturating_sub(block.end + size));
                if before + behind == 0 {
                    return None; // a block in the middle that is too long to stand elsewhere
                }
                let to = random.below(before + behind);
                let lines = if to < before {
                    old(0..to).chain(old(block.clone())).chain(old(to..start)).chain(old(block.end..n)).collect()
                } else {
                    let to = block.end + size + to - before;
                    old(0..start).chain(old(block.end..to)).chain(old(block.clone())).chain(old(to..n)).collect()
                };
                (lines, block)
            }
        };
        let mut inside = [BTreeSet::new(), BTreeSet::new()];
        for (k, line) in lines.iter().enumerate() {
            if match line {
                Line::Old(i) => block.contains(i),
                Line::New(_) => true,
            } {
                inside[side].insert(k);
            }
        }
        for bead in &text.beads {
            let [own, other] = indices(bead, lang);
            if own.iter().any(|i| block.contains(i)) {
                inside[1 - side].extend(other);
            }
        }
        Some(Damaged { text: text.with_side(lang, &lines), block: inside })
    }
}

/// A generator for one damage of one text: its seed is a hash (FNV-1a) of the name.
pub fn random_for(name: &str) -> Random {
    Random(name.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)))
}

/// Front matter that one side may have alone: English, Chinese.
const FRONT: [[&str; 2]; 20] = [
    ["The Lantern Library", "灯笼书库"],
    ["Volume Nine", "第九辑"],
    ["Printed by Heron & Daughters, Mill Lane.", "青鹭印书馆承印，磨坊巷三号。"],
    ["All rights are kept by the printer.", "版权归印书馆所有。"],
    ["No page may be copied without a letter from us.", "未经书面同意，任何一页都不得翻印。"],
    ["First edition of two thousand copies.", "初版两千册。"],
    ["The paper comes from the mill at Oxley.", "纸张由城北造纸厂供应。"],
    ["Cover drawn by Tilda Marsh.", "封面由苏小雨绘制。"],
    ["Contents", "目录"],
    ["A word to the reader, page three.", "致读者，第三页。"],
    ["On the sources, page eleven.", "关于底本，第十一页。"],
    ["A word to the reader", "致读者"],
    ["This book was long out of print.", "本书绝版已久。"],
    ["We found a copy in a school cupboard.", "我们在一所小学的柜子里找到了一本。"],
    ["Its spelling has been made modern throughout.", "全书的用字已按今日习惯改过。"],
    ["Two maps that were lost have been drawn again.", "两幅遗失的地图重新画过。"],
    ["We thank the widow of the first printer for her patience.", "感谢第一位印书人的遗孀耐心相助。"],
    ["Whoever finds a mistake may write to us.", "发现差错的读者请来信。"],
    ["The best letter each year wins a calendar.", "每年最好的一封来信可得挂历一份。"],
    ["Mill Lane, in the spring.", "春日记于磨坊巷。"],
];

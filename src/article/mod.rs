//! One article in both languages: passages that say the same are linked, without order.

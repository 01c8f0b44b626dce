//! The byte-level BPE tokenizer of GPT-2 and BART.

use tokenizers::models::bpe::BPE;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::processors::roberta::RobertaProcessing;
use tokenizers::{AddedToken, Tokenizer};

use super::text::PlainLine;
use super::{ModelError, ModelFolder};

/// `text` as one line, with what the model wants before every source.
pub(super) fn source(prefix: Option<&str>, text: &str) -> String {
    prefix.unwrap_or_default().to_owned() + &PlainLine::of(text).text
}

/// `tokenizer.json`, or one made of `vocab.json` and `merges.txt` as GPT-2 and
/// BART have it: byte-level BPE without a leading blank.
pub(super) fn tokenizer(folder: &ModelFolder) -> Result<Tokenizer, ModelError> {
    let file = folder.file("tokenizer.json");
    let (name, loaded) = if file.is_file() {
        ("tokenizer.json", Tokenizer::from_file(file))
    } else {
        ("merges.txt", from_merges(folder))
    };
    let mut tokenizer = loaded.map_err(|error| ModelError::BadFile {
        folder: folder.path.clone(),
        file: name.to_owned(),
        problem: error.to_string(),
    })?;
    // Lengths are this program's business: nothing is cut or padded unseen.
    tokenizer.with_padding(None);
    tokenizer.with_truncation(None).map_err(failure)?;
    Ok(tokenizer)
}

fn from_merges(folder: &ModelFolder) -> tokenizers::Result<Tokenizer> {
    let bpe = BPE::from_file(
        &folder.file("vocab.json").to_string_lossy(),
        &folder.file("merges.txt").to_string_lossy(),
    )
    .build()?;
    let mut tokenizer = Tokenizer::new(bpe);
    let id =
        |token: &str| tokenizer.token_to_id(token).ok_or(format!("{token} is not in vocab.json"));
    let (start, end) = (id("<s>")?, id("</s>")?);
    tokenizer
        .with_pre_tokenizer(Some(ByteLevel::default().add_prefix_space(false)))
        .with_decoder(Some(ByteLevel::default()))
        .with_post_processor(Some(
            RobertaProcessing::new(("</s>".to_owned(), end), ("<s>".to_owned(), start))
                .trim_offsets(true)
                .add_prefix_space(false),
        ));
    let special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];
    tokenizer.add_special_tokens(&special.map(|token| AddedToken::from(token, true)));
    Ok(tokenizer)
}

fn failure(error: impl ToString) -> ModelError {
    ModelError::Engine { model: "summarisation", problem: error.to_string() }
}

//! An encoder that is another process: a line of JSON for each batch to its standard input, a line back from its standard
//! output. `encode.py` is one.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use duiqi::{Encoder, Error, Lang, Result};
use serde_json::json;

/// The process, one question at a time.
pub struct Sidecar(Mutex<Pipes>);

struct Pipes {
    child: Child,
    /// `None` only while the process is being ended.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Sidecar {
    /// Starts a command: a program and its arguments, apart by spaces.
    pub fn start(command: &str) -> Result<Sidecar> {
        let mut words = command.split_ascii_whitespace();
        let program = words.next().unwrap_or_default();
        let start = Command::new(program).args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = start.map_err(|e| failed(format!("cannot start `{command}`: {e}")))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(questions), Some(answers)) => {
                let pipes = Pipes { child, questions: Some(questions), answers: BufReader::new(answers) };
                Ok(Sidecar(Mutex::new(pipes)))
            }
            _ => Err(failed(format!("`{command}` has no standard input or output"))),
        }
    }
}

impl Encoder for Sidecar {
    fn encode(&self, lang: Lang, texts: &[&str]) -> Result<Vec<Vec<f32>>> {
        let mut pipes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let question = json!({ "lang": lang.code(), "texts": texts });
        if let Some(stdin) = pipes.questions.as_mut() {
            let asked = writeln!(stdin, "{question}").and_then(|()| stdin.flush());
            asked.map_err(|e| failed(format!("the process takes no question: {e}")))?;
        }
        let mut answer = String::new();
        pipes.answers.read_line(&mut answer).map_err(|e| failed(format!("the process gives no answer: {e}")))?;
        if answer.is_empty() {
            return Err(failed("the process ended; what it wrote to standard error says why".to_owned()));
        }
        serde_json::from_str(&answer).map_err(|e| failed(format!("the answer is no list of vectors: {e}")))
    }
}

impl Drop for Sidecar {
    fn drop(&mut self) {
        let pipes = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        // The end of its input tells the process to end.
        pipes.questions = None;
        let _ = pipes.child.wait();
    }
}

fn failed(what: String) -> Error {
    Error::encoder(what)
}

//! `duiqi completions` and `duiqi man`: what a shell and `man` want to know of the command.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::failure::Failure;
use crate::output;

#[derive(Args)]
#[command(after_help = "Examples:
  duiqi completions bash > ~/.local/share/bash-completion/completions/duiqi
  duiqi completions zsh > ~/.zfunc/_duiqi
  duiqi completions fish > ~/.config/fish/completions/duiqi.fish")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

#[derive(Args)]
#[command(after_help = "Examples:
  duiqi man > duiqi.1                          the whole command
  duiqi man align | man -l -                   one of its parts")]
pub(crate) struct Man {
    /// A part of the command: align, check and so on
    part: Option<String>,
}

pub(crate) fn completions(arguments: &Completions) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut crate::Arguments::command(), "duiqi", &mut script);
    output::deliver(None, |out| out.write_all(&script))
}

pub(crate) fn man(arguments: &Man) -> Result<(), Failure> {
    let mut whole = crate::Arguments::command();
    whole.build();
    let command = match &arguments.part {
        None => whole,
        Some(name) => match whole.find_subcommand(name) {
            Some(part) => part.clone(),
            None => {
                let parts: Vec<&str> = whole.get_subcommands().map(clap::Command::get_name).collect();
                return Err(Failure::Message(format!(
                    "man: {name:?} is not a command; the commands are {}",
                    parts.join(", ")
                )));
            }
        },
    };
    output::deliver(None, |out| clap_mangen::Man::new(command).render(out))
}

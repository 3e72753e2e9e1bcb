//! The public items of a crate, found in its sources. Items behind `#[doc(hidden)]`, the feature `train` or `cfg(test)` are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use syn::{Attribute, Fields, ImplItem, Item, TraitItem, Type, UseTree, Visibility};

/// A path below the crate: modules, then the name of an item.
type Names = Vec<String>;

/// All modules of a crate.
#[derive(Default)]
pub struct Crate {
    modules: BTreeMap<Names, Module>,
    /// Public methods and constants by the path of their type.
    methods: BTreeMap<Names, BTreeSet<String>>,
}

#[derive(Default)]
struct Module {
    items: BTreeMap<String, Vec<Found>>,
    uses: Vec<Use>,
    /// Paths in the code that name a module.
    paths: Vec<Names>,
}

/// An item that is defined in a module.
struct Found {
    kind: &'static str,
    public: bool,
    /// Fields or variants, as they are listed.
    parts: String,
    /// Methods of a trait.
    methods: Vec<String>,
}

struct Use {
    public: bool,
    /// In any way: `pub(crate)`, too.
    passed_on: bool,
    path: Names,
    name: String,
}

/// Tokens as text, without blanks: enough to look at attributes.
fn attribute(attribute: &Attribute) -> String {
    match &attribute.meta {
        syn::Meta::List(list) => {
            format!("{}({})", list.path.get_ident().map(ToString::to_string).unwrap_or_default(), list.tokens)
                .replace(' ', "")
        }
        syn::Meta::Path(path) => path.get_ident().map(ToString::to_string).unwrap_or_default(),
        syn::Meta::NameValue(_) => String::new(),
    }
}

fn hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().map(attribute).any(|a| a == "doc(hidden)" || a == "cfg(test)" || a == "cfg(feature=\"train\")")
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// `{a, b, ..}`; the dots stand where fields are private or more may come.
fn parts(names: impl Iterator<Item = String>, open: bool) -> String {
    let mut names: Vec<String> = names.collect();
    if names.is_empty() {
        return String::new();
    }
    names.extend(open.then(|| "..".to_owned()));
    format!(" {{ {} }}", names.join(", "))
}

fn may_grow(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|a| attribute(a) == "non_exhaustive")
}

fn fields(fields: &Fields, attributes: &[Attribute]) -> String {
    let public = |f: &&syn::Field| is_public(&f.vis) && !hidden(&f.attrs);
    let open = may_grow(attributes) || fields.iter().any(|f| !public(&f));
    parts(fields.iter().filter(public).filter_map(|f| Some(f.ident.as_ref()?.to_string())), open)
}

impl Crate {
    /// Reads the modules that `lib.rs` in a folder declares.
    pub fn read(folder: &Path) -> Crate {
        let mut found = Crate::default();
        let mut impls = Vec::new();
        found.file(&folder.join("lib.rs"), folder, &[], &mut impls);
        for (module, name, methods) in impls {
            if let Some(path) = found.resolve(&module, &[name]) {
                found.methods.entry(path).or_default().extend(methods);
            }
        }
        found
    }

    fn file(&mut self, file: &Path, folder: &Path, module: &[String], impls: &mut Vec<(Names, String, Vec<String>)>) {
        let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let parsed = syn::parse_file(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        self.items(parsed.items, folder, module, impls);
        self.modules.entry(module.to_vec()).or_default().paths = paths(&text);
    }

    fn items(
        &mut self,
        items: Vec<Item>,
        folder: &Path,
        module: &[String],
        impls: &mut Vec<(Names, String, Vec<String>)>,
    ) {
        self.modules.entry(module.to_vec()).or_default();
        for item in items {
            let mut add = |name: String, attributes: &[Attribute], found: Found| {
                if !hidden(attributes) {
                    let items = &mut self.modules.entry(module.to_vec()).or_default().items;
                    items.entry(name).or_default().push(found);
                }
            };
            let found = |kind, visibility: &Visibility| Found {
                kind,
                public: is_public(visibility),
                parts: String::new(),
                methods: Vec::new(),
            };
            match item {
                Item::Const(i) => add(i.ident.to_string(), &i.attrs, found("const", &i.vis)),
                Item::Fn(i) => add(i.sig.ident.to_string(), &i.attrs, found("fn", &i.vis)),
                Item::Type(i) => add(i.ident.to_string(), &i.attrs, found("type", &i.vis)),
                Item::Struct(i) => {
                    let parts = fields(&i.fields, &i.attrs);
                    add(i.ident.to_string(), &i.attrs, Found { parts, ..found("struct", &i.vis) });
                }
                Item::Enum(i) => {
                    let parts = parts(i.variants.iter().map(|v| v.ident.to_string()), may_grow(&i.attrs));
                    add(i.ident.to_string(), &i.attrs, Found { parts, ..found("enum", &i.vis) });
                }
                Item::Trait(i) => {
                    let methods = i.items.iter().filter_map(|item| match item {
                        TraitItem::Fn(f) if !hidden(&f.attrs) => Some(f.sig.ident.to_string()),
                        _ => None,
                    });
                    add(i.ident.to_string(), &i.attrs, Found { methods: methods.collect(), ..found("trait", &i.vis) });
                }
                Item::Use(i) if !hidden(&i.attrs) => {
                    let uses = &mut self.modules.entry(module.to_vec()).or_default().uses;
                    let passed_on = !matches!(i.vis, Visibility::Inherited);
                    flatten(&i.tree, Vec::new(), (is_public(&i.vis), passed_on), uses);
                }
                Item::Impl(i) if i.trait_.is_none() && !hidden(&i.attrs) => {
                    let Type::Path(path) = &*i.self_ty else { continue };
                    let Some(name) = path.path.segments.last() else { continue };
                    let methods = i.items.iter().filter_map(|item| match item {
                        ImplItem::Fn(f) if is_public(&f.vis) && !hidden(&f.attrs) => Some(f.sig.ident.to_string()),
                        ImplItem::Const(c) if is_public(&c.vis) && !hidden(&c.attrs) => Some(c.ident.to_string()),
                        _ => None,
                    });
                    impls.push((module.to_vec(), name.ident.to_string(), methods.collect()));
                }
                Item::Macro(i) => {
                    // A table of formats makes an enum with its constant.
                    let tokens = i.mac.tokens.to_string();
                    let words: Vec<&str> = tokens.split_whitespace().collect();
                    let after = |what| words.windows(3).find(|w| w[..2] == ["pub", what]).map(|w| w[2].to_owned());
                    if let Some(name) = after("enum") {
                        let made =
                            Found { kind: "enum", public: true, parts: " { .. }".to_owned(), methods: Vec::new() };
                        add(name.clone(), &[], made);
                        let constant = after("const").map(|c| c.trim_end_matches(':').to_owned());
                        impls.push((module.to_vec(), name, constant.into_iter().collect()));
                    }
                }
                Item::Mod(i) if !hidden(&i.attrs) => {
                    let name = i.ident.to_string();
                    add(name.clone(), &[], found("mod", &i.vis));
                    let (inner, below) = ([module, std::slice::from_ref(&name)].concat(), folder.join(&name));
                    match i.content {
                        Some((_, items)) => self.items(items, &below, &inner, impls),
                        None => {
                            let alone = folder.join(format!("{name}.rs"));
                            let file = if alone.exists() { alone } else { below.join("mod.rs") };
                            self.file(&file, &below, &inner, impls);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// The place where what a path means in a module is defined.
    fn resolve(&self, module: &[String], path: &[String]) -> Option<Names> {
        let (first, rest) = path.split_first()?;
        let below = |base: Names| if rest.is_empty() { Some(base) } else { self.resolve(&base, rest) };
        match first.as_str() {
            "crate" => return below(Vec::new()),
            "self" => return below(module.to_vec()),
            "super" => return below(module.split_last()?.1.to_vec()),
            _ => {}
        }
        let here = self.modules.get(module)?;
        if here.items.contains_key(first) {
            return below([module, std::slice::from_ref(first)].concat());
        }
        let used = here.uses.iter().find(|u| u.name == *first)?;
        if used.path.len() == 1 && used.path[0] == *first {
            return None;
        }
        below(self.resolve(module, &used.path)?)
    }

    /// The modules of files and what they use of each other: paths that begin with `crate`, `super`, `self` or a module of their own.
    /// What a module only passes on (`pub use`) is no use.
    pub fn edges(&self) -> BTreeMap<Names, BTreeSet<Names>> {
        let mut edges = BTreeMap::new();
        for (module, found) in &self.modules {
            let inline = found.paths.iter().filter_map(|path| self.defined_in(module, path));
            let named = found.uses.iter().filter(|u| !u.passed_on && u.name != "*");
            let named = named.filter_map(|u| self.defined_in(module, &u.path));
            edges.insert(module.clone(), inline.chain(named).filter(|to| to != module).collect());
        }
        edges
    }

    /// The module that defines what the longest part of a path means that means something.
    fn defined_in(&self, module: &[String], path: &[String]) -> Option<Names> {
        let found = (1..=path.len()).rev().find_map(|n| self.resolve(module, &path[..n]))?;
        if self.modules.contains_key(&found) { None } else { Some(found.split_last()?.1.to_vec()) }
    }

    /// What can be reached from the root, one line an item.
    pub fn public_items(&self) -> BTreeSet<String> {
        let mut paths: BTreeMap<Names, String> = BTreeMap::new();
        let mut modules = vec![Vec::new()];
        while let Some(module) = modules.pop() {
            let Some(found) = self.modules.get(&module) else { continue };
            let own = found.items.iter().filter(|(_, found)| found.iter().any(|f| f.public));
            let own = own.map(|(name, _)| (name.clone(), [&module[..], std::slice::from_ref(name)].concat()));
            let used = found.uses.iter().filter(|u| u.public).filter_map(|u| {
                assert!(u.name != "*", "`pub use {}::*` hides what is public: name the items", u.path.join("::"));
                Some((u.name.clone(), self.resolve(&module, &u.path)?))
            });
            for (name, target) in own.chain(used).collect::<Vec<_>>() {
                let path = [&["duiqi".to_owned()], &module[..], &[name]].concat().join("::");
                let known = paths.entry(target.clone()).or_insert_with(|| path.clone());
                if (path.matches("::").count(), &path) < (known.matches("::").count(), &*known) {
                    *known = path;
                }
                if self.modules.contains_key(&target) && !modules.contains(&target) {
                    modules.push(target);
                }
            }
        }
        paths.iter().flat_map(|(target, path)| self.lines(target, path)).collect()
    }

    fn lines(&self, target: &[String], path: &str) -> Vec<String> {
        let (name, module) = target.split_last().unwrap();
        let mut lines = Vec::new();
        for found in self.modules[module].items[name].iter().filter(|f| f.public) {
            lines.push(format!("{path}: {}{}", found.kind, found.parts));
            lines.extend(found.methods.iter().map(|method| format!("{path}::{method}: method")));
        }
        let kind = |name: &str| if name.chars().all(|c| !c.is_lowercase()) { "const" } else { "method" };
        let methods = self.methods.get(target).into_iter().flatten();
        lines.extend(methods.map(|method| format!("{path}::{method}: {}", kind(method))));
        lines
    }
}

fn flatten(tree: &UseTree, mut path: Names, seen: (bool, bool), uses: &mut Vec<Use>) {
    let (public, passed_on) = seen;
    match tree {
        UseTree::Path(p) => {
            path.push(p.ident.to_string());
            flatten(&p.tree, path, seen, uses);
        }
        UseTree::Name(n) => {
            if n.ident != "self" {
                path.push(n.ident.to_string());
            }
            let name = path.last().cloned().unwrap_or_default();
            uses.push(Use { public, passed_on, path, name });
        }
        UseTree::Rename(r) => {
            path.push(r.ident.to_string());
            uses.push(Use { public, passed_on, path, name: r.rename.to_string() });
        }
        UseTree::Glob(_) => uses.push(Use { public, passed_on, path, name: "*".to_owned() }),
        UseTree::Group(g) => {
            for tree in &g.items {
                flatten(tree, path.clone(), seen, uses);
            }
        }
    }
}

/// The paths with a module in front that stand in the code, without comments, tests and `use`.
fn paths(text: &str) -> Vec<Names> {
    let code = text.lines().take_while(|l| *l != "#[cfg(test)]").map(|l| l.split("//").next().unwrap_or_default());
    let code: Vec<&str> = code.filter(|l| !l.trim_start().starts_with(['#', '"'])).collect();
    // What `use` names is known already.
    let mut code: Vec<String> = code.join("\n").split(';').map(str::to_owned).collect();
    code.retain(|statement| {
        let last = statement
            .trim_start()
            .trim_start_matches("pub(crate) ")
            .trim_start_matches("pub(super) ")
            .trim_start_matches("pub ");
        !last.starts_with("use ")
    });
    let code = code.join(";");
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = code.split(|c: char| !is_part(c)).filter(|w| w.contains("::"));
    words.map(|w| w.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()).collect()
}

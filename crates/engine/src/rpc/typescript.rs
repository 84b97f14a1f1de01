//! The TypeScript side of the schema, as one file. `crates/engine/tests/typescript.rs` fails when the committed file
//! (`ui/src/rpc/schema.ts`) is not what this writes, and rewrites it when `BEDSIDE_BLESS` is set.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use ts_rs::{Config, TS, TypeVisitor};

use super::RpcError;
use super::schema::{Method, MethodVisitor, visit_methods};
use super::types::Notice;

/// The whole file.
pub fn schema() -> String {
    let mut types = Types { config: Config::new(), seen: HashSet::new(), declarations: BTreeMap::new() };
    types.visit::<RpcError>();
    types.visit::<Notice>();
    let mut methods = Methods { types, lines: String::new() };
    visit_methods(&mut methods);

    let mut file = String::from(
        "// Generated from crates/engine/src/rpc. Do not edit: BEDSIDE_BLESS=1 cargo nextest run -p bedside-engine typescript\n",
    );
    for declaration in methods.types.declarations.values() {
        let _ = write!(file, "\nexport {declaration}\n");
    }
    let _ = write!(
        file,
        "\n/** Every method, with what it is asked and what it answers. */\nexport interface Methods {{\n{}}}\n",
        methods.lines
    );
    file
}

struct Methods {
    types: Types,
    lines: String,
}

impl MethodVisitor for Methods {
    fn visit<M: Method>(&mut self) {
        self.types.visit::<M::Request>();
        self.types.visit::<M::Response>();
        M::Request::visit_generics(&mut self.types);
        M::Response::visit_generics(&mut self.types);
        let config = &self.types.config;
        let _ = writeln!(
            self.lines,
            "  \"{}\": {{ request: {}; response: {} }};",
            M::RULE.name,
            M::Request::name(config),
            M::Response::name(config),
        );
    }
}

struct Types {
    config: Config,
    seen: HashSet<TypeId>,
    declarations: BTreeMap<String, String>,
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        T::visit_generics(self);
        T::visit_dependencies(self);
        if T::output_path().is_some() {
            self.declarations.insert(T::ident(&self.config), T::decl(&self.config));
        }
    }
}

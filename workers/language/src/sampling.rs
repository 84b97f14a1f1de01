//! Choosing the next token, under a grammar or without.
//!
//! A grammar is applied the way llama.cpp's own programs do it: first the choice is made without it, which is cheap; only
//! if the grammar rejects that token is it applied to the whole vocabulary. Before a token is handed to the grammar for
//! good it has been seen to fit: llama.cpp throws when it does not, and a C++ exception would end the process.

use llama_cpp_2::{
    GrammarError,
    context::LlamaContext,
    model::LlamaModel,
    sampling::LlamaSampler,
    token::{LlamaToken, data::LlamaTokenData, data_array::LlamaTokenDataArray},
};
use worker::{Fault, FaultKind, GenerateOptions};

/// Chooses tokens for one answer.
pub(crate) struct Chooser {
    choice: LlamaSampler,
    grammar: Option<LlamaSampler>,
}

impl Chooser {
    /// A chooser.
    ///
    /// # Errors
    /// When the grammar is not valid.
    pub(crate) fn new(model: &LlamaModel, options: &GenerateOptions) -> Result<Self, Fault> {
        let grammar = options
            .grammar
            .as_ref()
            .map(|grammar| {
                LlamaSampler::grammar(model, grammar, "root").map_err(|error| {
                    let detail = match error {
                        GrammarError::RootNotFound => "the grammar has no rule named root",
                        _ => "llama.cpp does not accept the grammar",
                    };
                    Fault::new(FaultKind::Grammar, detail)
                })
            })
            .transpose()?;
        let choice = if options.temperature > 0.0 {
            LlamaSampler::chain_simple([
                LlamaSampler::top_k(40),
                LlamaSampler::top_p(0.95, 1),
                LlamaSampler::temp(options.temperature),
                LlamaSampler::dist(options.seed),
            ])
        } else {
            LlamaSampler::greedy()
        };
        Ok(Self { choice, grammar })
    }

    /// The next token. Under a grammar only one that `continues_text`: a grammar's characters let single bytes pass that
    /// together are none.
    ///
    /// # Errors
    /// When no token of the vocabulary fits the grammar.
    pub(crate) fn next(
        &mut self,
        context: &LlamaContext<'_>,
        continues_text: impl Fn(LlamaToken) -> bool,
    ) -> Result<LlamaToken, Fault> {
        let mut candidates = context.token_data_array_ith(-1);
        let free = self.choose(&mut candidates)?;
        let Some(grammar) = &mut self.grammar else { return Ok(free) };
        if fits(grammar, free) && continues_text(free) {
            return Ok(free);
        }
        let mut candidates = context.token_data_array_ith(-1);
        candidates.apply_sampler(grammar);
        candidates.data.retain(|candidate| candidate.logit().is_finite() && continues_text(candidate.id()));
        if candidates.data.is_empty() {
            return Err(Fault::new(FaultKind::Grammar, "this model's vocabulary cannot follow the grammar"));
        }
        self.choose(&mut candidates)
    }

    fn choose(&mut self, candidates: &mut LlamaTokenDataArray) -> Result<LlamaToken, Fault> {
        candidates.apply_sampler(&mut self.choice);
        candidates.selected_token().ok_or_else(|| Fault::new(FaultKind::Engine, "the sampler chose no token"))
    }

    /// Takes a token that [`Chooser::next`] chose and that does not end the answer.
    pub(crate) fn accept(&mut self, token: LlamaToken) {
        self.choice.accept(token);
        if let Some(grammar) = &mut self.grammar {
            grammar.accept(token);
        }
    }
}

/// Whether the grammar lets the token follow.
fn fits(grammar: &mut LlamaSampler, token: LlamaToken) -> bool {
    let mut alone = LlamaTokenDataArray::new(vec![LlamaTokenData::new(token, 1.0, 0.0)], false);
    alone.apply_sampler(grammar);
    alone.data.first().is_some_and(|candidate| candidate.logit().is_finite())
}

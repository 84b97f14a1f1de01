//! How items hang together: which must be decided before which, and that no two wait for each other.

use std::collections::BTreeSet;

use super::Item;
use crate::Error;

/// What decides whether the item is enabled: its parent and the questions of its conditions.
fn decided_by(item: &Item) -> impl Iterator<Item = usize> {
    item.parent.into_iter().chain(item.conditions.iter().map(|condition| condition.question))
}

/// The items' indices, each after those that decide whether it is enabled, otherwise in the file's order.
pub(super) fn dependency_order(items: &[Item]) -> Result<Vec<usize>, Error> {
    let mut waiting: Vec<BTreeSet<usize>> = items.iter().map(|item| decided_by(item).collect()).collect();
    let mut decides: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    for (index, before) in waiting.iter().enumerate() {
        for &earlier in before {
            decides[earlier].push(index);
        }
    }
    let mut ready: BTreeSet<usize> = (0..items.len()).filter(|&index| waiting[index].is_empty()).collect();
    let mut order = Vec::with_capacity(items.len());
    while let Some(index) = ready.pop_first() {
        order.push(index);
        for &later in &decides[index] {
            waiting[later].remove(&index);
            if waiting[later].is_empty() {
                ready.insert(later);
            }
        }
    }
    match (0..items.len()).find(|&index| !waiting[index].is_empty()) {
        None => Ok(order),
        Some(start) => Err(Error::Cycle { link_ids: circle(items, &waiting, start) }),
    }
}

/// Walks from an item that waits to one that it waits for, until one comes round again.
fn circle(items: &[Item], waiting: &[BTreeSet<usize>], start: usize) -> Vec<String> {
    let mut path = vec![start];
    let mut here = start;
    while let Some(&next) = waiting[here].first() {
        if let Some(begin) = path.iter().position(|&seen| seen == next) {
            path.drain(..begin);
            path.push(next);
            break;
        }
        path.push(next);
        here = next;
    }
    path.into_iter().map(|index| items[index].link_id.clone()).collect()
}

//! What is kept between calls, by numbers.

use std::any::Any;
use std::cell::RefCell;
use std::sync::Arc;

use crate::input::wire::Kept;

/// Things that are kept. A number is taken again when its thing was released.
#[derive(Default)]
pub(super) struct Slots {
    taken: RefCell<Taken>,
}

#[derive(Default)]
struct Taken {
    things: Vec<Option<Arc<dyn Any + Send + Sync>>>,
    free: Vec<u32>,
}

impl Taken {
    fn slot(&mut self, number: u32) -> Option<&mut Option<Arc<dyn Any + Send + Sync>>> {
        self.things.get_mut(usize::try_from(number).ok()?.checked_sub(1)?)
    }
}

impl Slots {
    /// Keeps a thing, and gives it a number; 0 is none's.
    pub(super) fn keep<T: Any + Send + Sync>(&self, thing: T) -> u32 {
        let thing: Arc<dyn Any + Send + Sync> = Arc::new(thing);
        let Ok(mut taken) = self.taken.try_borrow_mut() else { return 0 };
        if let Some(number) = taken.free.pop()
            && let Some(slot) = taken.slot(number)
        {
            *slot = Some(thing);
            return number;
        }
        taken.things.push(Some(thing));
        u32::try_from(taken.things.len()).unwrap_or(0)
    }

    /// Forgets the thing of a number.
    pub(super) fn release(&self, number: u32) {
        if let Ok(mut taken) = self.taken.try_borrow_mut()
            && taken.slot(number).is_some_and(|slot| slot.take().is_some())
        {
            taken.free.push(number);
        }
    }

    /// The thing of a number, if it is of that type.
    pub(super) fn get<T: Any + Send + Sync>(&self, number: u32) -> Option<Arc<T>> {
        self.kept(number.into())?.downcast().ok()
    }
}

impl Kept for Slots {
    fn kept(&self, number: u64) -> Option<Arc<dyn Any + Send + Sync>> {
        let taken = self.taken.try_borrow().ok()?;
        taken.things.get(usize::try_from(number).ok()?.checked_sub(1)?)?.clone()
    }
}

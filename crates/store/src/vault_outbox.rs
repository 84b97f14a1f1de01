//! The open vault's side of the destinations: see [`crate::outbox`].

use domain::{DeliveryId, DestinationId};

use crate::audit::AuditWrite;
use crate::outbox::{self, Delivery, Destination, DestinationWrite, NotArrived, QueueCounts};
use crate::{Append, Error, Vault};

impl Vault {
    /// Where signed records are sent, in the order in which they were added.
    ///
    /// # Errors
    /// As every read.
    pub fn destinations(&self) -> Result<Vec<Destination>, Error> {
        self.read(outbox::destinations)
    }

    /// One of them.
    ///
    /// # Errors
    /// As every read.
    pub fn destination(&self, id: DestinationId) -> Result<Option<Destination>, Error> {
        self.read(|connection| outbox::destination(connection, id))
    }

    /// What is shown to a destination that asks for something. Never for a screen or a log.
    ///
    /// # Errors
    /// As every read.
    pub fn destination_secret(&self, id: DestinationId) -> Result<Option<Vec<u8>>, Error> {
        self.read(|connection| outbox::secret(connection, id))
    }

    /// Adds a destination, or changes it.
    ///
    /// # Errors
    /// As [`Vault::append`].
    pub fn save_destination(&self, write: DestinationWrite, entry: AuditWrite) -> Result<(), Error> {
        self.write(move |ledger| ledger.transact(|posting| posting.save_destination(&write, &entry)))
    }

    /// Removes a destination with everything that was to be sent to it.
    ///
    /// # Errors
    /// [`Error::NotFound`], and as [`Vault::append`].
    pub fn remove_destination(&self, id: DestinationId, entry: AuditWrite) -> Result<(), Error> {
        self.write(move |ledger| ledger.transact(|posting| posting.remove_destination(id, &entry)))
    }

    /// What of a destination's queue failed, and then what waits, each in its order; so many at most.
    ///
    /// # Errors
    /// As every read.
    pub fn deliveries(&self, destination: DestinationId, limit: u32) -> Result<Vec<Delivery>, Error> {
        self.read(|connection| outbox::deliveries(connection, destination, limit))
    }

    /// How much a destination's queue holds.
    ///
    /// # Errors
    /// As every read.
    pub fn delivery_counts(&self, destination: DestinationId) -> Result<QueueCounts, Error> {
        self.read(|connection| outbox::counts(connection, destination))
    }

    /// What is to be sent to a destination next: the first that has not failed, whether or not its time has come.
    ///
    /// # Errors
    /// As every read.
    pub fn next_delivery(&self, destination: DestinationId) -> Result<Option<Delivery>, Error> {
        self.read(|connection| outbox::next_delivery(connection, destination))
    }

    /// A delivery arrived: `append` says so in its encounter, `entry` says for which destination, and the delivery leaves the
    /// queue. Where the encounter was deleted meanwhile, `entry` is all that says so.
    ///
    /// # Errors
    /// As [`Vault::append`].
    pub fn delivery_arrived(
        &self,
        delivery: Delivery,
        append: Append,
        entry: AuditWrite,
    ) -> Result<(), Error> {
        self.write(move |ledger| ledger.transact(|posting| posting.arrived(&delivery, &append, &entry)))
    }

    /// An attempt did not arrive. Changes nothing where the delivery is not in the queue any more.
    ///
    /// # Errors
    /// As [`Vault::append`].
    pub fn delivery_not_arrived(&self, id: DeliveryId, became: NotArrived) -> Result<(), Error> {
        self.write(move |ledger| ledger.transact(|posting| posting.not_arrived(id, &became)))
    }

    /// Lets one delivery, or all of a destination, be tried again at once, as if it had never been tried.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that is not in the queue, and as [`Vault::append`].
    pub fn try_delivery_again(
        &self,
        destination: DestinationId,
        one: Option<DeliveryId>,
        entry: AuditWrite,
    ) -> Result<(), Error> {
        self.write(move |ledger| ledger.transact(|posting| posting.try_again(destination, one, &entry)))
    }

    /// Takes one delivery, or everything of a destination that failed, out of the queue. The trail of each encounter says so.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none, and as [`Vault::append`].
    pub fn give_delivery_up(
        &self,
        destination: DestinationId,
        one: Option<DeliveryId>,
        entry: AuditWrite,
    ) -> Result<(), Error> {
        self.write(move |ledger| ledger.transact(|posting| posting.give_up(destination, one, &entry)))
    }
}

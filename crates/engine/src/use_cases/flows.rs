//! What somebody who answers for the clinic's data sees of its ways.

use store::Object;

use crate::Error;
use crate::flows;
use crate::router::Call;
use crate::rpc::types::{DataFlows, Empty};

pub(crate) fn read(call: &Call<'_>, _: Empty) -> Result<DataFlows, Error> {
    call.audit(Object::Vault)?;
    flows::read(call.engine)
}

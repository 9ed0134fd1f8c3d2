//! The graphs of this version against those of another.

use anyhow::Result;
use grantwise::policy::profile::Profile;

/// Prints every graph of these profiles.
pub(crate) fn list(_profiles: &[&'static Profile]) -> Result<()> {
    Ok(())
}

/// Compares with what another version printed.
pub(crate) fn compare(_profiles: &[&'static Profile], _other: &str) -> Result<()> {
    Ok(())
}

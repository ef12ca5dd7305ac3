use std::io::ErrorKind;

use super::Error;

/// What came of writing to standard output. A reader that has seen enough is no error.
pub fn written(result: std::io::Result<()>) -> Result<(), Error> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::failed(format!("the result cannot be written ({error}): check where standard output goes")))
        }
        _ => Ok(()),
    }
}

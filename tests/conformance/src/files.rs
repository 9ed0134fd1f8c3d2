//! Where vectors stand.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The two files of a folder of vectors. A folder may lack one of them.
const USUAL: [&str; 2] = ["decisions.jsonl", "scenarios.jsonl"];

/// The files that somebody names: one file; the two usual ones of a folder, which may have anything beside them and in
/// folders below; or, where a folder has neither, all that it has.
///
/// # Errors
/// When the folder cannot be read.
pub fn named(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let usual: Vec<PathBuf> = USUAL.iter().map(|name| path.join(name)).filter(|file| file.exists()).collect();
    if usual.is_empty() { in_folder(path).map(|(files, _)| files) } else { Ok(usual) }
}

/// Every file of a folder and of the folders below, in the order of their paths.
///
/// # Errors
/// When a folder cannot be read.
pub fn all(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let (files, below) = in_folder(&folder)?;
        found.extend(files);
        folders.extend(below);
    }
    found.sort();
    Ok(found)
}

/// The vectors and the folders of a folder.
fn in_folder(folder: &Path) -> io::Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        } else if path.extension().is_some_and(|extension| extension == "jsonl") {
            files.push(path);
        }
    }
    files.sort();
    Ok((files, folders))
}

// Runs before the first paint, so that a chosen theme or size never flashes in afterwards.
try {
  for (const name of ["theme", "size"]) {
    const chosen = localStorage.getItem(`grantwise.${name}`);
    if (chosen) document.documentElement.dataset[name] = chosen;
  }
} catch {
  // Storage is forbidden: the system's theme it is.
}

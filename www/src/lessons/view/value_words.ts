/** How one value becomes another, in words: of a list of words, such as scopes, only those that come and go are named. */
export function valueWords(name: string, from: string, to: string): string {
  const [before, after] = [from.split(" "), to.split(" ")];
  const gone = before.filter((word) => !after.includes(word));
  const come = after.filter((word) => !before.includes(word));
  const isList = before.some((word) => after.includes(word));
  if (!isList) return `set ${name} to ${to}`;
  if (gone.length === 1 && come.length === 1) return `write ${come[0]} in place of ${gone[0]}`;
  return [
    ...(come.length > 0 ? [`add ${come.join(" ")} to ${name}`] : []),
    ...(gone.length > 0 ? [`remove ${gone.join(" ")} from ${name}`] : []),
  ].join(" and ");
}

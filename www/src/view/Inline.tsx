interface Properties<V extends string> {
  id?: string;
  label: string;
  value: V;
  options: Readonly<Partial<Record<V, string>>>;
  choose: (value: V) => void;
  disabled?: boolean;
  /** What follows without a space, so that no line begins with it. */
  then?: string;
}

/** A choice in a sentence: the browser's own select, set as text. */
export function Inline<V extends string>({ id, label, value, options, choose, disabled, then }: Properties<V>) {
  return (
    <span class="glue"><select
      id={id}
      class="inline"
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => {
        const chosen = event.currentTarget.value as V;
        // What opens a panel leaves the value as it is.
        event.currentTarget.value = value;
        choose(chosen);
      }}
    >
      {(Object.entries(options) as [V, string][]).map(([one, words]) => <option key={one} value={one} selected={one === value}>{words}</option>)}
    </select>{then}</span>
  );
}

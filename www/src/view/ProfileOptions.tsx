import { kinds } from "virtual:summary";

/** The profiles of a choice, by what they describe. */
export function ProfileOptions({ value }: { value: string }) {
  return (
    <>
      {kinds.map(({ heading, profiles }) => (
        <optgroup key={heading} label={heading}>
          {profiles.map(({ name, title }) => <option key={name} value={name} selected={value === name}>{title}</option>)}
        </optgroup>
      ))}
    </>
  );
}

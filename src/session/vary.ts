/** A `Vary` header that names a field too: nothing is named twice, and `*` stays alone. */
export function mergeVary(present: string | undefined, field: string): string {
  if (present === undefined) return field;
  const fields = present
    .split(",")
    .map((text) => text.trim())
    .filter((text) => text !== "");
  if (field === "*" || fields.includes("*")) return "*";
  const named = fields.some((text) => text.toLowerCase() === field.toLowerCase());
  return (named ? fields : [...fields, field]).join(", ");
}

/** A word for a POSIX shell, zsh included. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

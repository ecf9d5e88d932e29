/** Everything the command line touches of the world, as one value: tests pass their own. */
export interface Io {
  readonly stdin: Source;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Unix seconds. */
  now(): number;
  random(length: number): Uint8Array;
  /** @throws {Error} with the system's `code`; EFBIG when it is larger than `most` bytes */
  readFile(path: string, most: number): Promise<Uint8Array>;
  /**
   * Writes a new file, or replaces what is in one.
   * @throws {Error} with the system's `code`
   */
  writeFile(path: string, text: string): Promise<void>;
  /** @throws {Error} with the system's `code` */
  appendFile(path: string, text: string): Promise<void>;
  /** Questions on a terminal; undefined where there is none to ask. */
  readonly ask: Questions | undefined;
  /** Minutes that local time is ahead of UTC at a moment, in Unix seconds. */
  zoneOffset(at: number): number;
}

interface Source {
  readonly isTTY: boolean;
  /** The file that it is read from, as this process has it open. */
  readonly descriptor?: number;
  chunks(): AsyncIterable<Uint8Array>;
}

export interface Sink {
  readonly isTTY: boolean;
  readonly columns: number;
  /** Resolves when more may be written. Rejects with `ReaderGone` when the reader is gone. */
  write(text: string): Promise<void>;
}

export interface Questions {
  hidden(message: string): Promise<string>;
  text(message: string, initial?: string): Promise<string>;
  choose(message: string, choices: readonly string[], initial?: string): Promise<string>;
  edit(message: string, initial: string): Promise<string>;
  confirm(message: string): Promise<boolean>;
}

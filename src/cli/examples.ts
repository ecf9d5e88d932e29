/** A command line that can be run as it stands, and what it is good for. */
export interface Example {
  /** "the exit code alone, for scripts" */
  readonly about: string;
  /** For a POSIX shell; lines that go on end with a backslash. */
  readonly run: string;
}

const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  decode: [
    {
      about: "what a Flask site keeps in its cookie",
      run: "cookiesess decode \\\n  'eyJuIjoxLCJ1c2VyIjoiYWRhIn0.aVW5AA.DWtE90NHai-EAh2FcVDFZANoJXQ'",
    },
    {
      about: "the session of a request, copied with its other cookies",
      run: 'cookiesess decode "Cookie: theme=dark; sessionid=$COOKIE"',
    },
    {
      about: "every session that a browser recorded, as JSON",
      run: "cookiesess decode --har site.har --json",
    },
  ],
  verify: [
    {
      about: "whether it is genuine and recent, and if not, why",
      run: 'cookiesess verify "$COOKIE" --secret-env SECRET_KEY',
    },
    {
      about: "by the rules of an older Django, of any age",
      run: 'cookiesess verify "$COOKIE" --secret-file key.txt \\\n  --django 3.2 --max-age none',
    },
    {
      about: "a whole file for a script: the exit code, and nothing else",
      run: "cookiesess verify --quiet --secret-env SECRET_KEY < cookies.txt",
    },
  ],
  sign: [
    { about: "a session for Django", run: "cookiesess sign '{\"cart\":[1,2]}' --secret-env SECRET_KEY" },
    {
      about: "one thing changed in a session, and everything else kept",
      run: 'cookiesess sign --from "$COOKIE" --set cart.0=7 \\\n  --secret-env SECRET_KEY',
    },
    {
      about: "user 1 logged in, for a browser that Playwright drives",
      run: [
        'cookiesess sign --login 1 --password-hash "$PASSWORD_HASH" \\',
        "  --with-csrf --secret-env SECRET_KEY --output playwright \\",
        "  --url http://localhost:8000",
      ].join("\n"),
    },
  ],
  "rotate-key": [
    {
      about: "the secrets of a .env file: what is due next, and the first step",
      run: "cookiesess rotate-key --file .env --status\ncookiesess rotate-key --file .env --phase introduce",
    },
    {
      about: "cookies from an old secret to a new one",
      run: [
        "cookiesess rotate-key --secret-env SECRET_KEY \\",
        "  --new-secret-env NEW_KEY --in cookies.txt --out new.txt \\",
        "  --rejects bad.txt",
      ].join("\n"),
    },
    {
      about: "sessions of Django 2.2 as Django 5.2 signs them",
      run: [
        'cookiesess rotate-key "$OLD_COOKIE" --django 2.2 --to-django 5.2 \\',
        "  --secret-env SECRET_KEY --new-secret-env SECRET_KEY",
      ].join("\n"),
    },
  ],
  fuzz: [
    { about: "what it tries", run: "cookiesess fuzz --list" },
    {
      about: "a server on this machine: a page for those who are logged in",
      run: [
        "cookiesess fuzz --url http://127.0.0.1:8000/me \\",
        '  --cookie "sessionid=$COOKIE" --secret-env SECRET_KEY \\',
        "  --junit fuzz.xml",
      ].join("\n"),
    },
    {
      about: "the codec of this package, in place of a server",
      run: "cookiesess fuzz --format flask --max-requests 500",
    },
  ],
  demo: [
    { about: "at http://127.0.0.1:8000", run: "cookiesess demo --port 8000" },
    {
      about: "logins shared with a Django site of this secret",
      run: "cookiesess demo --django 5.2 --secret-env SECRET_KEY",
    },
    { about: "the faults that it can have on purpose", run: "cookiesess demo --flaw list" },
  ],
  completion: [
    {
      about: "bash, from its next start on",
      run: "cookiesess completion bash \\\n  > ~/.local/share/bash-completion/completions/cookiesess",
    },
    {
      about: "bash without the package bash-completion",
      run: "echo 'source <(cookiesess completion bash)' >> ~/.bashrc",
    },
    {
      about: "zsh, where compinit runs in ~/.zshrc",
      run: "echo 'source <(cookiesess completion zsh)' >> ~/.zshrc",
    },
    {
      about: "fish",
      run: "cookiesess completion fish \\\n  > ~/.config/fish/completions/cookiesess.fish",
    },
    { about: "PowerShell", run: 'cookiesess completion powershell >> "$PROFILE"' },
  ],
};

/** Two or three of a command, as help and the manual page show them. CI runs them. */
export function examplesOf(command: string): readonly Example[] {
  return EXAMPLES[command] ?? [];
}

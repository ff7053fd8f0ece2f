/** The four kinds of themes, each with VS Code's own theme of that kind. Keys are the endings of picture names. */
export const themes = {
  '': 'Light 2026',
  '-dark': 'Dark 2026',
  '-contrast': 'Default High Contrast',
  '-contrast-light': 'Default High Contrast Light',
} as const;

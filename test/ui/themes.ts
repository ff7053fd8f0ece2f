/** The four kinds of themes, each as it comes with VS Code, by the ending of the names of pictures. */
export const themes = {
  '': 'Light 2026',
  '-dark': 'Dark 2026',
  '-contrast': 'Default High Contrast',
  '-contrast-light': 'Default High Contrast Light',
} as const;

import type { NodeMark } from './marks.ts';

/** Colors of the theme, as CSS values. */
export interface Theme {
  readonly background: string;
  readonly text: string;
  readonly focus: string;
  /**
   * Behind and around selected cells. In high contrast only the line shows the selection, so that every mark stays
   * readable.
   */
  readonly selection: { readonly fill: string; readonly line: string };
  readonly marks: Readonly<Record<NodeMark, string>>;
  readonly font: string;
}

/** Colors of VS Code's theme, including high-contrast themes; those of the system if it forces its own. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const colour = (...names: readonly string[]): string =>
    names.map((name) => style.getPropertyValue(`--vscode-${name}`).trim()).find((value) => value !== '') ?? style.color;
  const font = `12px ${style.fontFamily}`;
  if (matchMedia('(forced-colors: active)').matches) return forcedColours(font);
  const text = colour('editor-foreground', 'foreground');
  const good = colour('testing-iconPassed');
  return {
    background: colour('editor-background'),
    text,
    focus: colour('contrastActiveBorder', 'focusBorder'),
    selection: isHighContrast()
      ? { fill: 'transparent', line: text }
      : { fill: colour('editor-selectionBackground', 'list-activeSelectionBackground'), line: colour('focusBorder') },
    marks: {
      failed: colour('list-errorForeground', 'errorForeground'),
      running: colour('charts-blue', 'progressBar-background'),
      waiting: text,
      left: text,
      marked: good,
      'not-in-mapping': colour('list-warningForeground', 'editorWarning-foreground'),
      'not-booted': text,
      new: text,
      booted: good,
      ok: good,
      unknown: text,
    },
    font,
  };
}

function isHighContrast(): boolean {
  const { classList } = document.body;
  return classList.contains('vscode-high-contrast') || classList.contains('vscode-high-contrast-light');
}

function forcedColours(font: string): Theme {
  const text = 'CanvasText';
  return {
    background: 'Canvas',
    text,
    focus: 'Highlight',
    selection: { fill: 'transparent', line: text },
    marks: {
      failed: 'LinkText',
      running: text,
      waiting: text,
      left: text,
      marked: text,
      'not-in-mapping': 'LinkText',
      'not-booted': text,
      new: text,
      booted: text,
      ok: text,
      unknown: text,
    },
    font,
  };
}

/** Calls back after the theme has changed. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  matchMedia('(forced-colors: active)').addEventListener('change', changed);
}

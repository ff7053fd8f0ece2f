import type { Style } from '@omnia-buildstream/gitlab/trace/ansi';

/** A color of the theme by its ID, or a fixed color. */
export type Colour = { readonly kind: 'theme'; readonly id: string } | { readonly kind: 'own'; readonly hex: string };

const names = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];
/** Levels of the 6 × 6 × 6 cube of xterm. */
const levels = [0, 95, 135, 175, 215, 255];

/** Equal for styles that look the same. */
export function styleKey({ foreground, background, bold, italic, underline }: Style): string {
  return [foreground ?? '', background ?? '', bold === true, italic === true, underline === true].join();
}

/** @param colour 0 to 15 of the palette, 16 to 255 of the cube and the grays, or `#rrggbb` */
export function colourOf(colour: number | string): Colour {
  if (typeof colour === 'string') return { kind: 'own', hex: colour };
  if (colour < 16) {
    return { kind: 'theme', id: `terminal.ansi${colour < 8 ? '' : 'Bright'}${names[colour % 8] ?? 'White'}` };
  }
  if (colour >= 232) return { kind: 'own', hex: hexOf(Array.from({ length: 3 }, () => 8 + (colour - 232) * 10)) };
  const index = colour - 16;
  const parts = [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6];
  return { kind: 'own', hex: hexOf(parts.map((part) => levels[part] ?? 0)) };
}

function hexOf(parts: readonly number[]): string {
  return `#${parts.map((part) => Math.min(255, part).toString(16).padStart(2, '0')).join('')}`;
}

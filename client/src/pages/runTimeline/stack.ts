import { greatest } from '@omnia-buildstream/core/text/lists';
import type { Layer } from './messages.ts';

export interface Area {
  readonly layer: Layer;
  /** Points of its outline, in units of the picture from the top left corner. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Layers on top of each other, the lowest first. The highest sum of all moments takes the whole height. */
export function stackOf(layers: readonly Layer[], width: number, height: number): readonly Area[] {
  const moments = layers[0]?.counts.length ?? 0;
  const sums = Array.from({ length: moments }, (_, at) =>
    layers.reduce((sum, layer) => sum + (layer.counts[at] ?? 0), 0),
  );
  const most = greatest(sums, 1);
  const x = (at: number): number => (moments < 2 ? 0 : (at * width) / (moments - 1));
  const floor = Array.from({ length: moments }, () => 0);
  return layers.map((layer) => {
    const below = floor.map((sum, at) => [x(at), height - (sum / most) * height] as const);
    for (const at of floor.keys()) floor[at] = (floor[at] ?? 0) + (layer.counts[at] ?? 0);
    const above = floor.map((sum, at) => [x(at), height - (sum / most) * height] as const);
    return { layer, points: [...above, ...below.reverse()] };
  });
}

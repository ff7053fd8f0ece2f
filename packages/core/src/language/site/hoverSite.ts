import { expectedOf } from '../../site/readShape.ts';
import { isSiteKey, siteKey } from '../../site/siteKeys.ts';
import { blocks, code, md, sayMarkdown } from '../../text/markdown.ts';
import type { Say } from '../../text/message.ts';
import { wordsOf } from '../../text/phrase.ts';
import type { Position } from '../../text/position.ts';
import type { HoverText } from '../hover.ts';
import { siteSpotAt } from './siteSpot.ts';

const siteHoverTexts = {
  takes: 'Takes {expected}.',
  example: 'Example: {example}',
  over: 'The setting {setting} and options of the command line take precedence.',
  adds: 'The setting {setting} and options of the command line come in addition.',
} as const;

/** What a key of buildstream.yml means. */
export function hoverSite(text: string, position: Position, say: Say): HoverText | undefined {
  const spot = siteSpotAt(text, position);
  if (spot?.at !== 'key') return undefined;
  const name = spot.parent ?? spot.key;
  if (!isSiteKey(name)) return undefined;
  const { about, expected, shape, example, merge, setting } = siteKey(name);
  const params = { setting: code(`buildstream.${setting}`) };
  const markdown = blocks([
    md`**${name}** \u2014 ${say(about)}`,
    say(siteHoverTexts.takes, { expected: wordsOf(expectedOf(shape, expected), say) }),
    sayMarkdown(say, siteHoverTexts.example, { example: code(`${name}: ${example}`) }),
    sayMarkdown(say, merge === 'add' ? siteHoverTexts.adds : siteHoverTexts.over, params),
  ]);
  return { markdown, range: spot.range };
}

/**
 * The JSON schema of buildstream.yml, generated from the table of its keys, for editors whose YAML support reads
 * schemas.
 */
import { siteKey, siteKeyNames } from '@omnia-buildstream/core/site/siteKeys';

/** @typedef {import('@omnia-buildstream/core/site/shapes').SiteShape} SiteShape */

/** @returns {string} */
export function siteSchema() {
  const properties = Object.fromEntries(
    siteKeyNames.map((name) => {
      const { about, shape, example } = siteKey(name);
      return [name, { description: about, ...typeOf(shape), examples: [example] }];
    }),
  );
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'buildstream.yml',
    description: 'What a site has in common. Never certificates, secrets or programs to run.',
    type: 'object',
    additionalProperties: false,
    properties,
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

/**
 * @param {SiteShape} shape
 * @returns {object}
 */
function typeOf(shape) {
  switch (shape.kind) {
    // In YAML, 2.2 or 4 is a number.
    case 'choice':
      return {
        enum: shape.choices.flatMap((choice) => (/^\d+(\.\d+)?$/.test(choice) ? [choice, Number(choice)] : [choice])),
      };
    case 'text':
      return { type: ['string', 'number'] };
    case 'flag':
      return { type: 'boolean' };
    case 'whole':
      return { type: 'integer', minimum: shape.from, maximum: shape.to };
    case 'seconds':
      return { type: 'number', exclusiveMinimum: 0 };
    case 'list':
      return { type: 'array', items: { type: 'string' } };
    case 'map':
      return {
        type: 'object',
        additionalProperties: false,
        ...(shape.required && { required: shape.required }),
        properties: Object.fromEntries(shape.names.map((name) => [name, typeOf(shape.of)])),
      };
  }
}

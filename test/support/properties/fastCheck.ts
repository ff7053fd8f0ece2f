import fc from 'fast-check';

/** Every test run draws the same values, so its results are reproducible. `npm run soak` draws others in each round. */
const seed = Number(process.env['PROPERTY_SEED'] ?? 20_261_129);
fc.configureGlobal({ seed });

export { fc };

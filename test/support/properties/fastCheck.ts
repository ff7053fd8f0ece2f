import fc from 'fast-check';

/** Every run of the tests draws the same values, so that it says the same; `npm run soak` draws others in each round. */
const seed = Number(process.env['PROPERTY_SEED'] ?? 20_261_129);
fc.configureGlobal({ seed });

export { fc };

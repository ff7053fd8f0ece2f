/** A change of it starts a build. */
export const catalogFile = 'catalog_rhel.json';
/** A change of it starts a cadence. */
export const cadenceCatalog = 'cadence_catalog_rhel.json';

/** Changing it starts a build. */
export const catalogFile = 'catalog_rhel.json';
/** Changing it starts a cadence. */
export const cadenceCatalog = 'cadence_catalog_rhel.json';

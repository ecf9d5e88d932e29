/** node:crypto has them all. */
export {};

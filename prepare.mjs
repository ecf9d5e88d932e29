/** Builds after `npm install`. npm also runs this before `npx cookiesess` in a checkout, where the last build will do. */
if (process.env.npm_command !== "exec") {
  const { build } = await import("tsup");
  await build({});
}

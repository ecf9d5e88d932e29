const roundTrips = require("./round-trips.cjs");

roundTrips({
  core: require("cookiesess/session"),
  node: require("cookiesess/session/node"),
  express: require("cookiesess/session/express"),
  fastify: require("cookiesess/session/fastify"),
  hono: require("cookiesess/session/hono"),
  web: require("cookiesess/session/web"),
  frameworks: { express: require("express"), fastify: require("fastify"), Hono: require("hono").Hono },
}).then((outcome) => console.log(JSON.stringify(outcome)));

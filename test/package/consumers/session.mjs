import * as core from "cookiesess/session";
import * as expressAdapter from "cookiesess/session/express";
import * as fastifyAdapter from "cookiesess/session/fastify";
import * as honoAdapter from "cookiesess/session/hono";
import * as node from "cookiesess/session/node";
import * as web from "cookiesess/session/web";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import roundTrips from "./round-trips.cjs";

const adapters = { core, node, express: expressAdapter, fastify: fastifyAdapter, hono: honoAdapter, web };
console.log(JSON.stringify(await roundTrips({ ...adapters, frameworks: { express, fastify, Hono } })));

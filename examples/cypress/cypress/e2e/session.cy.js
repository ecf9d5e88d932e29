const ada = { id: "1", passwordHash: "pbkdf2_sha256$1000000$bGH0TYDfeJcpQmpLBvDyjM$Yp3Nn8e0GcYkCE9lxX5o5Q=" };
const grace = {
  id: "2",
  passwordHash: "pbkdf2_sha256$1000000$VtP5wG8PCzWu0HQnM0y4Xr$5i1Uu7Vw0o8l5FJYv5tq7g=",
};

describe("ada", () => {
  beforeEach(() => {
    cy.loginAs(ada);
    cy.visit("/");
  });

  it("is logged in", () => {
    cy.contains("Logged in as 1.");
  });

  it("stays logged in when the site writes her session", () => {
    cy.contains("button", /^Count$/).click();
    cy.get("output").should("have.text", "1");
    cy.contains("Logged in as 1.");
  });

  it("logs out, and the next test is logged in again", () => {
    cy.contains("button", /^Log out$/).click();
    cy.contains("button", "Log in");
    cy.loginAs(ada);
    cy.visit("/");
    cy.contains("Logged in as 1.");
  });
});

describe("grace", () => {
  it("is somebody else, for requests too", () => {
    cy.loginAs(grace);
    cy.request("/me").its("body").should("include", { authenticated: true, user: "2" });
  });
});

describe("nobody", () => {
  it("is logged in without a user", () => {
    cy.visit("/");
    cy.contains("button", "Log in");
  });
});

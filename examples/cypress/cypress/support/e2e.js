/** Logs a user in without the login page; `cy.session` keeps the cookies for the next test. */
Cypress.Commands.add("loginAs", (user) => {
  cy.session(user.id, () => {
    cy.task("mintLogin", user, { log: false }).then((cookies) => {
      for (const { name, value, path } of cookies)
        cy.setCookie(name, value, { path, sameSite: "lax", log: false });
    });
  });
});

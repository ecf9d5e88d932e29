declare global {
  namespace Cookiesess {
    interface SessionData {
      cart: number[];
    }
  }
}

export {};

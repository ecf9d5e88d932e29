/** Where `django.contrib.auth` keeps a login in a session: SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY. */
export const USER_ID = "_auth_user_id";
export const USER_BACKEND = "_auth_user_backend";
export const USER_HASH = "_auth_user_hash";

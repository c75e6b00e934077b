module guestmodule {}

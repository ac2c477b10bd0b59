/// A session from text to text: runs what is typed or read, and draws what comes of it.
public final class Session {}

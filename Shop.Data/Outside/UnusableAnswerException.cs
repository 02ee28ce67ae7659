namespace Shop.Data.Outside;

/// <summary>Somebody outside gave no answer, or none that makes sense: whether a thing was done there is unknown.</summary>
/// <param name="why">For the log; without anything secret.</param>
/// <param name="cause">What happened on the way; null where an answer came.</param>
public sealed class UnusableAnswerException(string why, Exception? cause = null) : Exception(why, cause);

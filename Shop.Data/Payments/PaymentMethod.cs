namespace Shop.Data.Payments;

/// <summary>Where the customer pays. Stored as a number; a number is never given a second meaning.</summary>
public enum PaymentMethod : short
{
    /// <summary>In the browser of a computer: the customer is sent to the channel's page, or to its form in yours.</summary>
    Web = 1,

    /// <summary>In the browser of a phone.</summary>
    WebMobile = 2,

    /// <summary>With a phone that scans a code on another screen.</summary>
    QrCode = 3,

    /// <summary>In an app, which calls the channel's.</summary>
    App = 4,

    /// <summary>In a page that WeChat shows.</summary>
    WechatBrowser = 5,
}
